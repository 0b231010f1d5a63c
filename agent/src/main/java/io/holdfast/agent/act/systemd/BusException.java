package io.holdfast.agent.act.systemd;

/** A call over D-Bus that got no good answer; the message is for people. */
final class BusException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * @param name of the error, such as {@code org.freedesktop.systemd1.NoSuchUnit}; empty: the call
   *     was not answered at all
   */
  BusException(String name, String message) {
    super(message);
    this.name = name;
  }

  /** Whether the answer is an error of this name, given without its first part. */
  boolean is(String lastPart) {
    return name.endsWith("." + lastPart);
  }

  /** Whether nobody knows if the call was carried out. */
  boolean isUnanswered() {
    return name.isEmpty();
  }
}
