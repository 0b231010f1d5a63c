package io.holdfast.cli;

/** How the command ends; scripts rely on these. */
public final class ExitCode {
  /** Done, and the answer is good. */
  public static final int FINE = 0;

  /** Done, and the answer is bad: something is unhealthy, an incident is open. */
  public static final int BAD_ANSWER = 1;

  /** Wrong usage, an invalid file. */
  public static final int WRONG_USAGE = 2;

  /** Refused: no permission, a guard, no confirmation. */
  public static final int REFUSED = 3;

  /** No collector could be reached. */
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
