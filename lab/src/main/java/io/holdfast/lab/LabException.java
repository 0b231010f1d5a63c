package io.holdfast.lab;

/** The lab is not there, or did not do what it was asked. The message says what and why. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LabException(String message) {
    super(message);
  }

  LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
