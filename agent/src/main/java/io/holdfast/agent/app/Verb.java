package io.holdfast.agent.app;

import java.util.List;

/** Something that {@code holdfast-agent} can be asked for. */
interface Verb {
  /** Exit code: all is well. */
  int FINE = 0;

  /** Exit code: wrong usage, an invalid file, or a host that is not set up for it. */
  int INVALID = 2;

  /** The word on the command line. */
  String name();

  /** What follows the word, for the help; empty: nothing. */
  String arguments();

  /** What it does, for the help: one line. */
  String purpose();

  /**
   * Does it.
   *
   * @param arguments what followed the word
   * @return the exit code
   * @throws UsageException if the arguments are not those of {@link #arguments}
   */
  int run(List<String> arguments) throws UsageException;
}
