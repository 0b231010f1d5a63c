package io.holdfast.cli.collector;

import io.holdfast.cli.CliFailure;

/** What came of asking one collector. */
sealed interface Outcome<A> {
  record Answered<A>(A answer) implements Outcome<A> {}

  /** The next collector may still answer. */
  record Unreachable<A>(String why) implements Outcome<A> {}

  /** A collector answered, and it is no. */
  record Refused<A>(CliFailure refusal) implements Outcome<A> {}
}
