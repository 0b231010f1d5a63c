package io.holdfast.collector.ledger.disk;

import java.nio.file.Path;

/** The ledger cannot be opened. Its message says what is wrong, where, and what to do. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence or two for the operator. */
  public RefusedException(String message) {
    super(message);
  }

  /** With a sentence or two for the operator and what it came from. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a ledger that lost something: what is wrong, and the two ways on. */
  static RefusedException damaged(Path directory, String what) {
    return new RefusedException(what + " " + adviceFor(directory));
  }

  /** The two ways on from a damaged ledger. */
  public static String adviceFor(Path directory) {
    return "Nothing was changed on disk. Restore "
        + directory
        + " from a backup; or, to go on with an empty ledger, move that directory away and apply"
        + " the plan again: what was recorded stays readable in the moved directory only.";
  }
}
