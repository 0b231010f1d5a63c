package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.holdfast.proto.v1.HostStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A real collector with a small heap under attack, with one honest agent, whose stream must never
 * break, and one honest operator, who comes anew for each call and must always be answered.
 */
final class Siege implements AutoCloseable, AgentFacts, LinkListener {
  static final String HEAP = "-Xmx160m";
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String PLAN =
      """
      apiVersion: holdfast/v1
      system: {name: test, locale: en, timezone: UTC}
      objectives: {P2: {rto: 2h, rpo: 5m}}
      hosts: {trade-a: {address: 10.0.0.11}, trade-b: {address: 10.0.0.12}}
      sites: {primary: {hosts: [trade-a, trade-b]}}
      checks: {interval: 30s, failure_threshold: 3, recovery_threshold: 2}
      services:
        engine: {critical: true, module: trading, runs_on: trade-b, process: {}, timeout: 5s}
      """;

  final Vertx vertx = Vertx.vertx();

  /** Attackers run on threads of their own, or they would harm the honest without the collector. */
  final Vertx attackers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  final CollectorProcess collector;
  private final GrowingSpool spool = new GrowingSpool();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> harm = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private AgentLink agent;
  private boolean asking;

  Siege(Path directory) throws Exception {
    collector = new CollectorProcess(vertx, directory);
    collector.start(HEAP);
    collector.applyPlan(PLAN);
    agent = link();
    agent.start();
    await("the honest agent's stream", () -> connections.get() > 0);
    vertx.setPeriodic(
        100,
        id -> {
          spool.grow(1);
          agent.poke();
          askOnce();
        });
    awaitServed();
  }

  private void askOnce() {
    if (!asking) {
      asking = true;
      collector
          .freshStatus()
          .onComplete(
              answer -> {
                asking = false;
                if (answer.failed()) {
                  harm.add("the operator was not answered: " + answer.cause());
                } else {
                  answers.incrementAndGet();
                }
              });
    }
  }

  /** The agent's stream never broke, the operator was always answered, and both go on. */
  void assertServedThroughout() throws Exception {
    awaitServed();
    assertThat(harm).as(collector.log()).isEmpty();
    assertThat(connections).as("streams of the honest agent").hasValue(1);
    assertThat(collector.log()).doesNotContain("OutOfMemory").doesNotContain("SEVERE");
  }

  private void awaitServed() throws Exception {
    int before = answers.get();
    long acknowledged = spool.acknowledged();
    await("events to be acknowledged", () -> spool.acknowledged() >= acknowledged + 5);
    await("answers to the operator", () -> answers.get() >= before + 2);
    await(
        "the honest agent to be shown as connected",
        () ->
            collector.freshStatus().await(30, TimeUnit.SECONDS).getHostsList().stream()
                .anyMatch(host -> host.getName().equals("trade-a") && isFresh(host)));
  }

  private static boolean isFresh(HostStatus host) {
    return host.getConnected() && host.getSilentMillis() >= 0 && host.getSilentMillis() < 10_000;
  }

  /** Open files of the collector. */
  int files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + collector.pid() + "/fd"))) {
      return (int) files.count();
    }
  }

  /** Bytes of the collector's live objects, after a collection of garbage. */
  long liveBytes() throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(collector.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes());
    String total =
        output
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(output));
    return Long.parseLong(total.split("\\s+")[2]);
  }

  void await(String what, Callable<Boolean> condition) throws Exception {
    await(() -> what, condition);
  }

  void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() > deadline || !collector.isAlive()) {
        throw new AssertionError(
            "not reached: " + what.get() + "; " + harm + "\n" + collector.log());
      }
      moment();
    }
  }

  /** Lets a moment pass between two looks. */
  void moment() throws Exception {
    vertx.timer(50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
  }

  private AgentLink link() {
    LinkSettings settings =
        new LinkSettings(
            "trade-a",
            "test",
            "boot",
            List.of(new CollectorAddress(CollectorProcess.LOOPBACK, collector.agentsPort)),
            new TlsFiles(
                collector.pki.resolve("hosts/trade-a.crt"),
                collector.pki.resolve("hosts/trade-a.key"),
                collector.pki.resolve("ca.crt")),
            LinkTimings.standard());
    return new AgentLink(vertx, settings, spool, this, this);
  }

  @Override
  public HeartbeatContent heartbeat() {
    return new HeartbeatContent(new Moment(1, 1), Optional.empty(), List.of());
  }

  @Override
  public Moment now() {
    return new Moment(1, 1);
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
  public void connected(String collectorName) {
    connections.incrementAndGet();
  }

  @Override
  public void disconnected(LinkFailure failure) {
    harm.add("the honest agent lost its stream: " + failure);
  }

  @Override
  public void attemptFailed(LinkFailure failure) {
    harm.add("the honest agent did not get in: " + failure);
  }

  @Override
  public void close() throws Exception {
    agent.stop().await(10, TimeUnit.SECONDS);
    collector.close();
    attackers.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
