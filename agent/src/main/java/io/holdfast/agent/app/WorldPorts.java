package io.holdfast.agent.app;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.observe.Prober;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.AgentAction.StartService;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.HostEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the loop's actions with the real probes, services and spool. */
final class WorldPorts implements AgentLoop.Ports {
  private static final Logger LOG = LoggerFactory.getLogger(WorldPorts.class);

  private final Prober prober;
  private final ServiceControl services;
  private final SpoolDesk spool;
  private Consumer<AgentEvent> events = event -> {};
  private WakeTimer timer;

  WorldPorts(Prober prober, ServiceControl services, SpoolDesk spool) {
    this.prober = prober;
    this.services = services;
    this.spool = spool;
  }

  /** Says where answers go; to be called before the first action. */
  void answerTo(Consumer<AgentEvent> listener, WakeTimer wakeTimer) {
    this.events = listener;
    this.timer = wakeTimer;
  }

  @Override
  public void probe(RunProbe action) {
    prober
        .probe(action.check().probe(), action.check().timing().timeout())
        .onSuccess(
            result ->
                events.accept(
                    new AgentEvent.ProbeFinished(
                        action.service(), action.check().name(), action.ticket(), result)));
  }

  @Override
  public void start(StartService action) {
    LOG.info("{}: starting", action.service());
    answer(action.service(), action.ticket(), services.start(action.service()));
  }

  @Override
  public void restart(RestartService action) {
    LOG.info("{}: restarting", action.service());
    answer(
        action.service(),
        action.ticket(),
        services.restart(action.service(), ServiceControl.DEFAULT_GRACE));
  }

  private void answer(String service, long ticket, CompletionStage<ActionOutcome> outcome) {
    outcome.thenAccept(
        ended -> events.accept(new AgentEvent.ActionFinished(service, ticket, ended.failure())));
  }

  @Override
  public void spool(List<HostEvent> told, Moment at) {
    told.forEach(event -> LOG.info("{}", event));
    spool.append(told, at);
  }

  @Override
  public void wakeAt(long bootMillis) {
    timer.at(bootMillis);
  }
}
