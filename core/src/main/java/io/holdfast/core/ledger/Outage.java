package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import java.util.OptionalLong;

/**
 * A service is not good: from the first UNHEALTHY verdict to the next HEALTHY one.
 *
 * @param bootId boot of the host in which the boot-clock times below count
 * @param lastGoodBootMillis empty when the agent never saw it good
 * @param noticedBootMillis when the verdict fell
 * @param lastGoodWallMillis 0: never seen good
 * @param noticedWallMillis when the verdict fell
 */
public record Outage(
    String bootId,
    OptionalLong lastGoodBootMillis,
    long noticedBootMillis,
    long lastGoodWallMillis,
    long noticedWallMillis) {

  static Outage begin(SpooledEvent event, VerdictChanged change, long lastGoodWallMillis) {
    OptionalLong ago = change.lastGoodAgoMillis();
    long boot = event.at().bootMillis();
    return new Outage(
        event.bootId(),
        ago.isPresent() ? OptionalLong.of(boot - ago.getAsLong()) : OptionalLong.empty(),
        boot,
        lastGoodWallMillis,
        event.at().wallMillis());
  }

  /** Where the RTO clock starts: last known good or, when there is none, the notice. */
  public long startWallMillis() {
    return lastGoodWallMillis > 0 ? lastGoodWallMillis : noticedWallMillis;
  }

  /**
   * The span from last known good to {@code event} of the same host, in milliseconds, not negative.
   * Within one boot the boot clock measures it; across a reboot only wall clocks are left.
   */
  public long millisUntil(SpooledEvent event) {
    if (bootId.equals(event.bootId())) {
      return Math.max(0, event.at().bootMillis() - lastGoodBootMillis.orElse(noticedBootMillis));
    }
    return Math.max(0, event.at().wallMillis() - startWallMillis());
  }

  /** The span from the notice to {@code event} of the same host, in milliseconds, not negative. */
  public long millisNoticedUntil(SpooledEvent event) {
    return bootId.equals(event.bootId())
        ? Math.max(0, event.at().bootMillis() - noticedBootMillis)
        : Math.max(0, event.at().wallMillis() - noticedWallMillis);
  }
}
