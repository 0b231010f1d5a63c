package io.holdfast.demo.story;

import java.time.Duration;

/** Time that passes only when somebody waits, a tenth of a second at once. */
final class PretendPatience implements Patience {

  private Duration now = Duration.ZERO;

  @Override
  public Duration now() {
    return now;
  }

  @Override
  public void pause() {
    now = now.plusMillis(100);
  }
}
