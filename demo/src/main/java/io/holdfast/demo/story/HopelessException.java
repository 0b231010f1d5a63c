package io.holdfast.demo.story;

/** What a step waits for cannot come true any more, so there is no use in looking again. */
public final class HopelessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public HopelessException(String message) {
    super(message);
  }
}
