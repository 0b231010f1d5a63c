package io.holdfast.agent.app;

import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.observe.linux.Sampler;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.load.HostSample;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples the host each second on a worker; a reading that takes longer skips the next ones. */
final class Sampling {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
  private static final long PERIOD_MILLIS = 1_000;

  /** Memory of services is read less often: it costs a walk through all their processes. */
  private static final int RESIDENT_EVERY = 5;

  private final Vertx vertx;
  private final Context context;
  private final Sampler sampler;
  private final ServiceControl services;
  private final Consumer<AgentEvent> events;
  private final Runnable turned;
  private Optional<HostSample> newest = Optional.empty();
  private Map<String, Long> resident = Map.of();
  private boolean reading;
  private boolean failing;
  private int ticks;
  private long timer = -1;

  /**
   * @param turned called after each reading, also one that failed
   */
  Sampling(
      Vertx vertx,
      Sampler sampler,
      ServiceControl services,
      Consumer<AgentEvent> events,
      Runnable turned) {
    this.turned = turned;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.sampler = sampler;
    this.services = services;
    this.events = events;
  }

  void start() {
    timer = vertx.setPeriodic(PERIOD_MILLIS, id -> tick());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  Optional<HostSample> newest() {
    return newest;
  }

  private record Reading(HostSample sample, Map<String, Long> resident) {}

  private void tick() {
    if (reading) {
      return;
    }
    reading = true;
    boolean withResident = ticks++ % RESIDENT_EVERY == 0;
    Map<String, Long> before = resident;
    context
        .executeBlocking(
            () -> new Reading(sampler.sample(), withResident ? services.residentBytes() : before),
            false)
        .onComplete(
            done -> {
              reading = false;
              turned.run();
              if (done.succeeded()) {
                take(done.result());
              } else {
                failed(done.cause());
              }
            });
  }

  private void take(Reading reading) {
    failing = false;
    newest = Optional.of(reading.sample());
    resident = reading.resident();
    events.accept(
        new AgentEvent.MemorySampled(
            reading.sample().memoryTotalBytes(),
            reading.sample().memoryAvailableBytes(),
            resident));
  }

  /** An old sample would be taken for a new one: none is better. */
  private void failed(Throwable cause) {
    newest = Optional.empty();
    if (!failing) {
      failing = true;
      LOG.warn("the host cannot be sampled", cause);
    }
  }
}
