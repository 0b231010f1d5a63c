package io.holdfast.agent.app;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.link.BoundedLog;
import io.holdfast.agent.metrics.AgentTally;
import io.holdfast.agent.observe.Prober;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.AgentAction.StartService;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.ServiceMemory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the loop's actions with the real probes, services and spool. */
final class WorldPorts implements AgentLoop.Ports {
  private static final Logger LOG = LoggerFactory.getLogger(WorldPorts.class);

  /** How long a restart waits at most for what was decided to be recorded. */
  private static final long RECORD_MILLIS = 200;

  /** A plan of a thousand failing services must not fill the journal; the spool has them all. */
  private static final int TOLD_LINES_PER_MINUTE = 600;

  private final BoundedLog toldLog = new BoundedLog(TOLD_LINES_PER_MINUTE, LOG::info);

  private Prober prober;
  private final ServiceControl services;
  private final SpoolDesk spool;
  private final MemoryDesk memory;
  private final Vertx vertx;
  private final AgentTally tally;
  private Future<Void> remembered = Future.succeededFuture();
  private Future<Void> spooled = Future.succeededFuture();
  private Consumer<AgentEvent> events = event -> {};
  private Runnable turned = () -> {};

  @SuppressWarnings("NullAway.Init") // set by answerTo
  private WakeTimer timer;

  WorldPorts(
      Vertx vertx,
      Prober prober,
      ServiceControl services,
      SpoolDesk spool,
      MemoryDesk memory,
      AgentTally tally) {
    this.vertx = vertx;
    this.tally = tally;
    this.memory = memory;
    this.prober = prober;
    this.services = services;
    this.spool = spool;
  }

  /** Probes so from now on; what is under way goes on. */
  void probeWith(Prober other) {
    prober = other;
  }

  /**
   * Says where answers go; to be called before the first action.
   *
   * @param stepped called at the end of each step
   */
  void answerTo(Consumer<AgentEvent> listener, WakeTimer wakeTimer, Runnable stepped) {
    this.events = listener;
    this.timer = wakeTimer;
    this.turned = stepped;
  }

  @Override
  public void probe(RunProbe action) {
    long begun = System.nanoTime();
    prober
        .probe(action.check().probe(), action.check().timing().timeout())
        .onSuccess(
            result ->
                events.accept(
                    new AgentEvent.ProbeFinished(
                        action.service(),
                        action.check().name(),
                        action.ticket(),
                        result,
                        millisSince(begun))));
  }

  /** By Java's monotonic clock; rounded up, because no answer comes in no time. */
  private static long millisSince(long nanoTime) {
    return Math.ceilDiv(System.nanoTime() - nanoTime, 1_000_000L);
  }

  @Override
  public void start(StartService action) {
    LOG.info("{}: starting", action.service());
    answer(action.service(), action.ticket(), services.start(action.service()));
  }

  @Override
  public void restart(RestartService action) {
    recorded()
        .onComplete(
            done -> {
              LOG.info("{}: restarting", action.service());
              answer(
                  action.service(),
                  action.ticket(),
                  services.restart(
                      action.service(), ServiceControl.DEFAULT_GRACE, action.judged()));
            });
  }

  /** Record, then act; a disk that does not answer must not keep a service down, though. */
  private Future<Void> recorded() {
    Promise<Void> recorded = Promise.promise();
    long timer = vertx.setTimer(RECORD_MILLIS, id -> recorded.tryComplete());
    Future.join(remembered, spooled).onComplete(done -> recorded.tryComplete());
    return recorded.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  @Override
  public void remember(Map<String, ServiceMemory> memories) {
    remembered = memory.remember(memories);
  }

  private void answer(String service, long ticket, CompletionStage<ActionOutcome> outcome) {
    outcome.thenAccept(
        ended ->
            events.accept(
                new AgentEvent.ActionFinished(
                    service, ticket, ended.failure(), ended.overtaken())));
  }

  @Override
  public void spool(List<HostEvent> told, Moment at) {
    long now = System.nanoTime();
    told.forEach(event -> toldLog.say(event.toString(), now));
    told.forEach(tally::told);
    spooled = spool.append(told, at);
  }

  @Override
  public void wakeAt(long bootMillis) {
    timer.at(bootMillis);
    turned.run();
  }
}
