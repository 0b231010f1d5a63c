package io.holdfast.demo.stage;

import org.jspecify.annotations.Nullable;

/** The stage cannot be set, for a reason that the user can understand; never a bug. */
public final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StageException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something that should work did not. Exit code 1. */
  public static StageException failed(String message) {
    return new StageException(1, message, null);
  }

  /** Something that should work did not. Exit code 1. */
  public static StageException failed(String message, @Nullable Throwable cause) {
    return new StageException(1, message, cause);
  }

  /** The machine or the checkout is not ready, and the user can change that. Exit code 2. */
  public static StageException notReady(String message) {
    return new StageException(2, message, null);
  }

  /** Another demo of this checkout runs. Exit code 3. */
  public static StageException refused(String message) {
    return new StageException(3, message, null);
  }

  /** What the demo's process should end with. */
  public int exitCode() {
    return exitCode;
  }
}
