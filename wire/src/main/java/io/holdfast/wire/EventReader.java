package io.holdfast.wire;

import io.holdfast.core.agent.Ending;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Detail;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventsDropped;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.HealingHeld;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.VerdictChanged;

/** Reads what happened from an {@link Event}. */
final class EventReader {
  private static final int MAX_EXIT_CODE = 255;

  private EventReader() {}

  static HostEvent read(Event event) {
    return switch (event.getEventCase()) {
      case AGENT_STARTED ->
          new HostEvent.AgentStarted(
              event.getAgentStarted().getBuild(), event.getAgentStarted().getReattachedList());
      case PLAN_STORED -> new HostEvent.PlanStored(event.getPlanStored().getPlanHash());
      case SERVICE_STARTED ->
          new HostEvent.ServiceStarted(
              event.getServiceStarted().getService(), event.getServiceStarted().getPid());
      case SERVICE_EXITED -> exited(event.getServiceExited());
      case VERDICT_CHANGED -> changed(event.getVerdictChanged());
      case HEALING_STARTED -> started(event.getHealingStarted());
      case HEALING_VERIFIED -> verified(event.getHealingVerified());
      case HEALING_FAILED -> failed(event.getHealingFailed());
      case HEALING_HELD -> held(event.getHealingHeld());
      case EVENTS_DROPPED -> dropped(event.getEventsDropped());
      case EVENT_NOT_SET ->
          throw new WireException(
              "its kind is missing or one that this build does not know; the two sides may be of"
                  + " different releases: upgrade the older one");
    };
  }

  private static HostEvent exited(ServiceExited event) {
    return new HostEvent.ServiceExited(
        event.getService(),
        event.getPid(),
        Field.between("exit_code", event.getExitCode(), -1, MAX_EXIT_CODE),
        Field.between("signal", event.getSignal(), 0, MAX_EXIT_CODE),
        ending(event));
  }

  private static Ending ending(ServiceExited event) {
    Field.between("the number of last_lines", event.getLastLinesCount(), 0, Ending.MAX_LINES);
    event
        .getLastLinesList()
        .forEach(line -> Field.text("a line of last_lines", line, Detail.LONGEST));
    return new Ending(
        Field.text("result", event.getResult(), Ending.LONGEST_RESULT),
        Field.between("restarts", event.getRestarts(), 0, Integer.MAX_VALUE),
        event.getLastLinesList());
  }

  private static HostEvent changed(VerdictChanged event) {
    return new HostEvent.VerdictChanged(
        event.getService(),
        VerdictMapping.fromProto(event.getFrom()),
        VerdictMapping.fromProto(event.getTo()),
        ReasonMapping.fromProto(event.getReasonsList()),
        event.getLastGoodWallMillis(),
        Field.optional("last_good_ago_millis", event.getLastGoodAgoMillis()),
        Math.max(0, event.getSinceAgoMillis()));
  }

  private static HostEvent started(HealingStarted event) {
    return new HostEvent.HealingStarted(
        event.getService(),
        trigger(event.getTrigger()),
        Field.code(Action.class, "action", event.getAction()),
        event.getAttempt(),
        event.getMaxAttempts());
  }

  private static HostEvent verified(HealingVerified event) {
    return new HostEvent.HealingVerified(
        event.getService(),
        trigger(event.getTrigger()),
        event.getAttempt(),
        Field.optional("outage_millis", event.getOutageMillis()),
        event.getActionMillis());
  }

  private static HostEvent failed(HealingFailed event) {
    return new HostEvent.HealingFailed(
        event.getService(),
        trigger(event.getTrigger()),
        event.getAttempt(),
        event.getDetail(),
        Field.optional("retry_in_millis", event.getRetryInMillis()));
  }

  private static HostEvent held(HealingHeld event) {
    return new HostEvent.HealingHeld(
        event.getService(),
        trigger(event.getTrigger()),
        Field.code(HeldReason.class, "reason", event.getReason()),
        event.getDetail());
  }

  private static HostEvent dropped(EventsDropped event) {
    return new HostEvent.EventsDropped(
        event.getService(),
        event.getCount(),
        event.getFirstSequence(),
        event.getLastSequence(),
        event.getFirstWallMillis(),
        event.getLastWallMillis());
  }

  private static Trigger trigger(String name) {
    return Field.code(Trigger.class, "trigger", name);
  }
}
