package io.holdfast.cli.collector;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;

/** A collector answered that there is no such thing. */
public final class NotFound extends CliFailure {
  private static final long serialVersionUID = 1L;

  NotFound(String message) {
    super(ExitCode.BAD_ANSWER, message);
  }
}
