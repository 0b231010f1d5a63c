package io.holdfast.bench;

import java.io.PrintStream;

/**
 * How to measure.
 *
 * @param quick a short look instead of a result
 * @param seed of all random choices
 * @param progress what is going on is said here
 */
public record Request(boolean quick, long seed, PrintStream progress) {

  /** Says what is going on. */
  public void say(String text, Object... facts) {
    progress.println(text.formatted(facts));
  }
}
