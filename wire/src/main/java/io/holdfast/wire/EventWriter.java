package io.holdfast.wire;

import io.holdfast.core.agent.HostEvent;
import io.holdfast.proto.agent.v1.AgentStarted;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventsDropped;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.HealingHeld;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.PlanStored;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.ServiceStarted;
import io.holdfast.proto.agent.v1.VerdictChanged;

/** Writes what happened into an {@link Event}. */
final class EventWriter {
  private EventWriter() {}

  static void write(HostEvent event, Event.Builder message) {
    switch (event) {
      case HostEvent.AgentStarted started ->
          message.setAgentStarted(
              AgentStarted.newBuilder()
                  .setBuild(started.build())
                  .addAllReattached(started.reattached()));
      case HostEvent.PlanStored stored ->
          message.setPlanStored(PlanStored.newBuilder().setPlanHash(stored.planHash()));
      case HostEvent.ServiceStarted started ->
          message.setServiceStarted(
              ServiceStarted.newBuilder().setService(started.service()).setPid(started.pid()));
      case HostEvent.ServiceExited exited -> message.setServiceExited(exited(exited));
      case HostEvent.VerdictChanged changed -> message.setVerdictChanged(changed(changed));
      case HostEvent.HealingStarted started -> message.setHealingStarted(started(started));
      case HostEvent.HealingVerified verified -> message.setHealingVerified(verified(verified));
      case HostEvent.HealingFailed failed -> message.setHealingFailed(failed(failed));
      case HostEvent.HealingHeld held -> message.setHealingHeld(held(held));
      case HostEvent.EventsDropped dropped -> message.setEventsDropped(dropped(dropped));
    }
  }

  private static ServiceExited exited(HostEvent.ServiceExited event) {
    return ServiceExited.newBuilder()
        .setService(event.service())
        .setPid(event.pid())
        .setExitCode(event.exitCode())
        .setSignal(event.signal())
        .setResult(event.ending().result())
        .setRestarts(event.ending().restarts())
        .addAllLastLines(event.ending().lastLines())
        .build();
  }

  private static VerdictChanged changed(HostEvent.VerdictChanged event) {
    return VerdictChanged.newBuilder()
        .setService(event.service())
        .setFrom(VerdictMapping.toProto(event.from()))
        .setTo(VerdictMapping.toProto(event.to()))
        .addAllReasons(ReasonMapping.toProto(event.reasons()))
        .setLastGoodWallMillis(event.lastGoodWallMillis())
        .setLastGoodAgoMillis(Field.orAbsent("last_good_ago_millis", event.lastGoodAgoMillis()))
        .setSinceAgoMillis(event.sinceAgoMillis())
        .build();
  }

  private static HealingStarted started(HostEvent.HealingStarted event) {
    return HealingStarted.newBuilder()
        .setService(event.service())
        .setTrigger(event.trigger().name())
        .setAction(event.action().name())
        .setAttempt(event.attempt())
        .setMaxAttempts(event.maxAttempts())
        .build();
  }

  private static HealingVerified verified(HostEvent.HealingVerified event) {
    return HealingVerified.newBuilder()
        .setService(event.service())
        .setTrigger(event.trigger().name())
        .setAttempt(event.attempt())
        .setOutageMillis(Field.orAbsent("outage_millis", event.outageMillis()))
        .setActionMillis(event.actionMillis())
        .build();
  }

  private static HealingFailed failed(HostEvent.HealingFailed event) {
    return HealingFailed.newBuilder()
        .setService(event.service())
        .setTrigger(event.trigger().name())
        .setAttempt(event.attempt())
        .setDetail(event.detail())
        .setRetryInMillis(Field.orAbsent("retry_in_millis", event.retryInMillis()))
        .build();
  }

  private static HealingHeld held(HostEvent.HealingHeld event) {
    return HealingHeld.newBuilder()
        .setService(event.service())
        .setTrigger(event.trigger().name())
        .setReason(event.reason().name())
        .setDetail(event.detail())
        .build();
  }

  private static EventsDropped dropped(HostEvent.EventsDropped event) {
    return EventsDropped.newBuilder()
        .setService(event.service())
        .setCount(event.count())
        .setFirstSequence(event.firstSequence())
        .setLastSequence(event.lastSequence())
        .setFirstWallMillis(event.firstWallMillis())
        .setLastWallMillis(event.lastWallMillis())
        .build();
  }
}
