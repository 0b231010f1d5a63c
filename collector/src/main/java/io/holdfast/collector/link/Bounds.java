package io.holdfast.collector.link;

import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.agent.v1.VerdictChanged;

/**
 * What an agent may say at most. Agents keep well within it; the rest is refused, because events
 * stay in memory and on disk, and a certificate may be stolen.
 */
final class Bounds {
  /** Events in one message. */
  static final int MAX_BATCH = 256;

  /** Agents close a batch at 512 KiB; with what the ledger adds, one must fit into its entry. */
  static final int BATCH_BYTES = 640 << 10;

  static final int EVENT_BYTES = 4 << 10;
  static final int HEARTBEAT_BYTES = 512 << 10;
  static final int REASONS = 8;
  static final int REATTACHED = 256;
  static final int VERDICTS = 4_096;
  static final int DEVICES = 256;

  /** Some 3,000 years in milliseconds: sums and differences of times stay far from overflow. */
  static final long LONGEST_SPAN = 100_000_000_000_000L;

  private Bounds() {}

  static void check(EventBatch batch) throws RefusedException {
    if (batch.getEventsCount() > MAX_BATCH) {
      throw bad("a batch of " + batch.getEventsCount() + " events; allowed: " + MAX_BATCH);
    }
    most("bytes in a batch", batch.getSerializedSize(), BATCH_BYTES);
    time("boot_millis of the batch", batch.getBootMillis());
    time("wall_millis of the batch", batch.getWallMillis());
    for (Event event : batch.getEventsList()) {
      try {
        check(event);
      } catch (RefusedException e) {
        throw bad("event " + event.getSequence() + ": " + e.getMessage());
      }
    }
  }

  private static void check(Event event) throws RefusedException {
    most("bytes", event.getSerializedSize(), EVENT_BYTES);
    time("boot_millis", event.getBootMillis());
    time("wall_millis", event.getWallMillis());
    switch (event.getEventCase()) {
      case AGENT_STARTED ->
          most("services taken over", event.getAgentStarted().getReattachedCount(), REATTACHED);
      case SERVICE_STARTED -> natural("pid", event.getServiceStarted().getPid());
      case SERVICE_EXITED -> natural("pid", event.getServiceExited().getPid());
      case VERDICT_CHANGED -> check(event.getVerdictChanged());
      case HEALING_STARTED -> check(event.getHealingStarted());
      case HEALING_VERIFIED -> check(event.getHealingVerified());
      case HEALING_FAILED -> check(event.getHealingFailed());
      case EVENTS_DROPPED -> natural("count", event.getEventsDropped().getCount());
      case PLAN_STORED, HEALING_HELD, EVENT_NOT_SET -> {}
    }
  }

  private static void check(VerdictChanged event) throws RefusedException {
    most("reasons", event.getReasonsCount(), REASONS);
    time("last_good_wall_millis", event.getLastGoodWallMillis());
    time("last_good_ago_millis", event.getLastGoodAgoMillis());
    time("since_ago_millis", event.getSinceAgoMillis());
  }

  private static void check(HealingStarted event) throws RefusedException {
    natural("attempt", event.getAttempt());
    natural("max_attempts", event.getMaxAttempts());
  }

  private static void check(HealingVerified event) throws RefusedException {
    natural("attempt", event.getAttempt());
    time("outage_millis", event.getOutageMillis());
    time("action_millis", event.getActionMillis());
  }

  private static void check(HealingFailed event) throws RefusedException {
    natural("attempt", event.getAttempt());
    time("retry_in_millis", event.getRetryInMillis());
  }

  static void check(Heartbeat heartbeat) throws RefusedException {
    most("bytes in a heartbeat", heartbeat.getSerializedSize(), HEARTBEAT_BYTES);
    most("verdicts in a heartbeat", heartbeat.getVerdictsCount(), VERDICTS);
    HostSample sample = heartbeat.getSample();
    most("disks in a heartbeat", sample.getDisksCount(), DEVICES);
    most("file systems in a heartbeat", sample.getFileSystemsCount(), DEVICES);
    most("networks in a heartbeat", sample.getNetworksCount(), DEVICES);
    time("wall_millis of a heartbeat", heartbeat.getWallMillis());
    time("boot_millis of a heartbeat", heartbeat.getBootMillis());
    for (ServiceVerdict verdict : heartbeat.getVerdictsList()) {
      most("bytes of a verdict", verdict.getSerializedSize(), EVENT_BYTES);
      most("reasons of a verdict", verdict.getReasonsCount(), REASONS);
      time("since_wall_millis", verdict.getSinceWallMillis());
      time("since_ago_millis", verdict.getSinceAgoMillis());
      time("judged_wall_millis", verdict.getJudgedWallMillis());
      time("answer_millis", verdict.getAnswerMillis());
    }
  }

  private static void most(String what, int count, int allowed) throws RefusedException {
    if (count > allowed) {
      throw bad(count + " " + what + "; allowed: " + allowed);
    }
  }

  private static void natural(String field, long value) throws RefusedException {
    if (value < 0) {
      throw bad(field + " is " + value + "; allowed: 0 or more");
    }
  }

  /** Clocks may be wrong, even before 1970; this is no clock. */
  private static void time(String field, long millis) throws RefusedException {
    if (millis > LONGEST_SPAN || millis < -LONGEST_SPAN) {
      throw bad(
          "%s is %d; allowed: -%d to %d".formatted(field, millis, LONGEST_SPAN, LONGEST_SPAN));
    }
  }

  private static RefusedException bad(String message) {
    return new RefusedException(Reason.REASON_BAD_MESSAGE, message);
  }
}
