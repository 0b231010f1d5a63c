package io.holdfast.collector.app;

import io.holdfast.agent.link.AgentFacts;
import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.link.CollectorAddress;
import io.holdfast.agent.link.HeartbeatContent;
import io.holdfast.agent.link.LinkFailure;
import io.holdfast.agent.link.LinkListener;
import io.holdfast.agent.link.LinkSettings;
import io.holdfast.agent.link.LinkTimings;
import io.holdfast.agent.link.TlsFiles;
import io.holdfast.core.Moment;
import io.holdfast.core.plan.HostPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An agent's real link that sends more than 200 events a second from a spool in memory. */
final class SteadyAgent implements AutoCloseable {
  private static final int EVENTS_PER_TICK = 6;
  private static final long TICK_MILLIS = 20;

  private final Vertx vertx;
  private final GrowingSpool spool;
  private final AgentLink link;
  private final long ticks;

  SteadyAgent(Vertx vertx, CollectorProcess collector, GrowingSpool spool) {
    this.vertx = vertx;
    this.spool = spool;
    this.link = link(vertx, collector, spool);
    link.start();
    this.ticks = vertx.setPeriodic(TICK_MILLIS, id -> grow());
  }

  private void grow() {
    spool.grow(EVENTS_PER_TICK);
    link.poke();
  }

  @Override
  public void close() throws Exception {
    vertx.cancelTimer(ticks);
    link.stop().await(10, TimeUnit.SECONDS);
  }

  private static AgentLink link(Vertx vertx, CollectorProcess collector, GrowingSpool spool) {
    TlsFiles tls =
        new TlsFiles(
            collector.pki.resolve("hosts/trade-a.crt"),
            collector.pki.resolve("hosts/trade-a.key"),
            collector.pki.resolve("ca.crt"));
    LinkTimings quick =
        new LinkTimings(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    LinkSettings settings =
        new LinkSettings(
            "trade-a",
            "test",
            "boot",
            List.of(new CollectorAddress(CollectorProcess.LOOPBACK, collector.agentsPort)),
            tls,
            quick);
    return new AgentLink(vertx, settings, spool, new QuietAgent(), new QuietAgent());
  }

  /** An agent without a plan. */
  private static final class QuietAgent implements AgentFacts, LinkListener {
    @Override
    public Moment now() {
      return new Moment(1, 1);
    }

    @Override
    public HeartbeatContent heartbeat() {
      return new HeartbeatContent(new Moment(1, 1), Optional.empty(), List.of());
    }

    @Override
    public String planHash() {
      return "";
    }

    @Override
    public Future<Void> planReceived(HostPlan plan) {
      return Future.succeededFuture();
    }

    @Override
    public void connected(String collector) {}

    @Override
    public void disconnected(LinkFailure failure) {}
  }
}
