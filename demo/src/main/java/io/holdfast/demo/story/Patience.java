package io.holdfast.demo.story;

import java.time.Duration;

/** Time as a story knows it. */
public interface Patience {

  /** Time since any fixed instant; never goes back. */
  Duration now();

  /** Lets a moment pass before the next look. */
  void pause() throws InterruptedException;

  /** Real time, looking twenty times a second. */
  static Patience real() {
    return new Patience() {
      @Override
      public Duration now() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public void pause() throws InterruptedException {
        Thread.sleep(50);
      }
    };
  }
}
