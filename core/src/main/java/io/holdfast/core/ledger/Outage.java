package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import java.util.OptionalLong;

/**
 * A service is not good: from the first UNHEALTHY verdict to the next HEALTHY one. Wall times are
 * those of the collector that recorded it.
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

  static Outage begin(EventRecorded recorded, VerdictChanged change, long lastGoodWallMillis) {
    SpooledEvent event = recorded.event();
    OptionalLong ago = change.lastGoodAgoMillis();
    long boot = event.at().bootMillis();
    return new Outage(
        event.bootId(),
        ago.isPresent() ? OptionalLong.of(boot - ago.getAsLong()) : OptionalLong.empty(),
        boot - change.sinceAgoMillis(),
        lastGoodWallMillis,
        recorded.happenedWallMillis() - change.sinceAgoMillis());
  }

  /** Where the RTO clock starts: last known good or, when there is none, the notice. */
  public long startWallMillis() {
    return lastGoodWallMillis > 0 ? lastGoodWallMillis : noticedWallMillis;
  }

  /**
   * The span from last known good to {@code agoMillis} before that event of the same host, in
   * milliseconds, not negative. Within one boot the boot clock measures it; across a reboot only
   * wall clocks are left.
   */
  public long millisUntil(EventRecorded recorded, long agoMillis) {
    return span(
        recorded, agoMillis, lastGoodBootMillis.orElse(noticedBootMillis), startWallMillis());
  }

  /** The same from the notice. */
  public long millisNoticedUntil(EventRecorded recorded, long agoMillis) {
    return span(recorded, agoMillis, noticedBootMillis, noticedWallMillis);
  }

  private long span(EventRecorded recorded, long agoMillis, long fromBoot, long fromWall) {
    SpooledEvent event = recorded.event();
    long span =
        bootId.equals(event.bootId())
            ? event.at().bootMillis() - fromBoot
            : recorded.happenedWallMillis() - fromWall;
    return Math.max(0, span - agoMillis);
  }
}
