package io.holdfast.unit;

/** Where datagrams go. */
@FunctionalInterface
interface Datagrams {

  /**
   * Sends without waiting.
   *
   * @return false when it was not taken; another try may do
   */
  boolean send(String content);
}
