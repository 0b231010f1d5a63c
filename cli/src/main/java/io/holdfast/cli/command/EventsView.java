package io.holdfast.cli.command;

import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.agent.v1.AgentStarted;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventsDropped;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.HealingHeld;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.VerdictChanged;
import io.holdfast.proto.v1.RecordedEvent;

/** Events as rows of a table. */
final class EventsView {
  private final Texts texts;
  private final StatusView words;

  EventsView(Texts texts) {
    this.texts = texts;
    this.words = new StatusView(texts);
  }

  Table table() {
    return new Table(
        texts.text("column.position"),
        texts.text("column.time"),
        texts.text("column.host"),
        texts.text("column.service"),
        texts.text("column.event"));
  }

  String[] row(RecordedEvent recorded, Times times) {
    Event event = recorded.getEvent();
    String service = EventPages.serviceOf(event);
    return new String[] {
      Long.toString(recorded.getPosition()),
      times.at(event.getWallMillis()),
      recorded.getHost(),
      service.isEmpty() ? "-" : service,
      sentence(event)
    };
  }

  private String sentence(Event event) {
    return switch (event.getEventCase()) {
      case AGENT_STARTED -> agentStarted(event.getAgentStarted());
      case PLAN_STORED ->
          texts.text("event.plan", StatusView.shortHash(event.getPlanStored().getPlanHash()));
      case SERVICE_STARTED ->
          texts.text("event.started", Long.toString(event.getServiceStarted().getPid()));
      case SERVICE_EXITED -> exited(event.getServiceExited());
      case VERDICT_CHANGED -> verdict(event.getVerdictChanged());
      case HEALING_STARTED -> healingStarted(event.getHealingStarted());
      case HEALING_VERIFIED -> healed(event.getHealingVerified());
      case HEALING_FAILED -> healingFailed(event.getHealingFailed());
      case HEALING_HELD -> held(event.getHealingHeld());
      case EVENTS_DROPPED -> dropped(event.getEventsDropped());
      case EVENT_NOT_SET -> texts.text("event.of_a_newer_collector");
    };
  }

  private String agentStarted(AgentStarted started) {
    String sentence = texts.text("event.agent", started.getBuild());
    return started.getReattachedCount() == 0
        ? sentence
        : texts.text("event.agent_found", sentence, String.join(", ", started.getReattachedList()));
  }

  private String exited(ServiceExited exited) {
    String how = howItEnded(exited);
    String result = exited.getResult();
    String told = result.isEmpty() ? how : texts.text("event.result", how, result);
    return withDetail(told, String.join(" / ", exited.getLastLinesList()));
  }

  private String howItEnded(ServiceExited exited) {
    String pid = Long.toString(exited.getPid());
    if (exited.getPid() == 0) {
      return texts.text("event.never_ran");
    }
    return exited.getSignal() > 0
        ? texts.text("event.killed", pid, exited.getSignal())
        : texts.text("event.exited", pid, exited.getExitCode());
  }

  private String verdict(VerdictChanged changed) {
    String sentence =
        texts.text(
            "event.verdict", words.verdict(changed.getFrom()), words.verdict(changed.getTo()));
    return withDetail(sentence, words.why(changed.getReasonsList()));
  }

  private String healingStarted(HealingStarted started) {
    return texts.text(
        "event.healing",
        texts.code("action.", started.getAction()),
        started.getAttempt(),
        started.getMaxAttempts(),
        texts.code("trigger.", started.getTrigger()));
  }

  private String healed(HealingVerified healed) {
    return texts.text("event.healed", healed.getAttempt(), Times.span(healed.getOutageMillis()));
  }

  private String healingFailed(HealingFailed failed) {
    String sentence =
        failed.getRetryInMillis() < 0
            ? texts.text("event.gave_up", failed.getAttempt())
            : texts.text(
                "event.healing_failed", failed.getAttempt(), Times.span(failed.getRetryInMillis()));
    return withDetail(sentence, failed.getDetail());
  }

  private String held(HealingHeld held) {
    String sentence = texts.text("event.held", texts.code("held.", held.getReason()));
    return withDetail(sentence, held.getDetail());
  }

  private String dropped(EventsDropped dropped) {
    return texts.text(
        "event.dropped",
        Long.toString(dropped.getCount()),
        Long.toString(dropped.getFirstSequence()),
        Long.toString(dropped.getLastSequence()));
  }

  private String withDetail(String sentence, String detail) {
    return detail.isEmpty() ? sentence : texts.text("event.detail", sentence, detail);
  }
}
