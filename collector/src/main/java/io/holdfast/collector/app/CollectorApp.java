package io.holdfast.collector.app;

import io.holdfast.collector.api.ApiServer;
import io.holdfast.collector.api.ApiServer.Surface;
import io.holdfast.collector.api.ApiSettings;
import io.holdfast.collector.api.Feeds;
import io.holdfast.collector.api.FleetView;
import io.holdfast.collector.api.HistorySource;
import io.holdfast.collector.api.HistoryView;
import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.collector.api.StatusView;
import io.holdfast.collector.api.grpc.OperatorApi;
import io.holdfast.collector.api.metrics.Answers;
import io.holdfast.collector.api.metrics.CollectorReading;
import io.holdfast.collector.api.web.Page;
import io.holdfast.collector.door.Doors;
import io.holdfast.collector.door.Room;
import io.holdfast.collector.fleet.Fleet;
import io.holdfast.collector.ledger.LedgerSettings;
import io.holdfast.collector.ledger.MachineId;
import io.holdfast.collector.link.AgentLinkServer;
import io.holdfast.collector.link.LinkServerSettings;
import io.holdfast.core.leader.LeaderEvent.Woken;
import io.holdfast.metrics.Scraper;
import io.holdfast.planfile.config.CollectorConfig;
import io.holdfast.planfile.config.CollectorConfigReader;
import io.holdfast.planfile.config.Reload;
import io.holdfast.unit.Notifier;
import io.holdfast.unit.UnitLife;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collector put together: the ledger first, then the ports for agents and operators. */
final class CollectorApp {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorApp.class);
  private static final long WAKE_MILLIS = 500;
  private static final long STATUS_MILLIS = 1_000;

  /** Longer than the ledger's deadline for an entry, after which the loop goes on. */
  private static final Duration LEADER = Duration.ofSeconds(30);

  private static final Duration OPERATORS = Duration.ofSeconds(15);
  private static final int STOP_SECONDS = 5;
  private static final int START_SECONDS = 90;

  private volatile CollectorConfig config;
  private final UnitLife life;
  private final Clocks clocks = new Clocks();
  private final Fleet fleet = new Fleet();
  private final Figures figures;
  private final Room room = Room.ofThisProcess();
  private final Doors doors = new Doors();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  // The rest is set by start(), before anything else is called.
  private Vertx vertx;
  private Context context;
  private RatisDecisionLog log;
  private Desk desk;
  private AgentLinkServer agents;
  private long turns;
  private Trust trust;
  private ApiServer api;

  @SuppressWarnings("NullAway.Init")
  CollectorApp(CollectorConfig config, Notifier notifier) {
    this.config = config;
    this.life = new UnitLife(notifier);
    this.figures = new Figures(config);
  }

  /**
   * Starts everything; returns when agents and operators are taken.
   *
   * @throws StartRefusedException if the ledger cannot be opened or a port cannot be had
   */
  void start() throws StartRefusedException, InterruptedException {
    vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4))
            .withTransport(doors.transport())
            .build();
    toClose.push(() -> vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS));
    context = vertx.getOrCreateContext();
    await(onLoop(this::startLedger));
    await(onLoop(this::startTrust));
    int agentsPort = await(onLoop(this::startAgents));
    int apiPort = await(onLoop(this::startApi));
    try {
      toClose.push(RunFile.write(config.runDirectory(), agentsPort, apiPort));
    } catch (IOException e) {
      throw new StartRefusedException("run directory " + config.runDirectory() + ": " + e);
    }
    life.ready(await(onLoop(() -> Future.succeededFuture(shown()))));
    LOG.info("{} is ready", config.name());
  }

  /** Reads the file and the certificates again; waits for the outcome. Not on a loop. */
  synchronized void reload(Reload<CollectorConfig> reload) {
    life.reloading();
    LOG.info("reading the configuration and the certificates again");
    String trouble = reload.run();
    if (trouble.isEmpty()) {
      LOG.info("they are in force as they are now");
    }
    life.reloaded(onLoop(() -> Future.succeededFuture(life.trouble(trouble))).await());
  }

  /** What a reload needs to know of this collector. */
  Reload<CollectorConfig> reloadOf(Path file) {
    return new Reload<>(
        () -> CollectorConfigReader.read(file),
        config,
        FixedKeys.ALL,
        fresh -> onLoop(() -> apply(fresh)).toCompletionStage(),
        LOG::error);
  }

  private Future<Void> apply(CollectorConfig fresh) {
    return trust
        .own()
        .map(OwnCredential::renewed)
        .orElseGet(() -> Future.succeededFuture(false))
        .compose(renewed -> readCertificates())
        .onSuccess(done -> config = fresh);
  }

  /** From now on people see what it does; the line that says so. */
  private String shown() {
    if (life.isHeard()) {
      vertx.setPeriodic(STATUS_MILLIS, id -> life.tell());
    }
    return life.show(() -> StatusText.of(log.leads(), log.state(), agents.connectedHosts().size()));
  }

  /** Stops in the reverse order; what was acknowledged is on disk already. */
  void stop() {
    life.close();
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping: {}", e.toString());
      }
    }
  }

  private Future<Void> startLedger() {
    log = new RatisDecisionLog(context, ledgerSettings(), () -> desk.loop().termChanged());
    desk = new Desk(figures.counting(log), clocks, () -> agents);
    toClose.push(() -> log.close().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS));
    return log.start();
  }

  private Future<Void> startTrust() {
    return Trust.load(context, config, desk, clocks, this::reloadCertificates)
        .compose(
            loaded -> {
              trust = loaded;
              figures.counting(loaded.issuer());
              return loaded
                  .own()
                  .map(own -> own.ready(log::leads).onSuccess(ready -> watch(own)))
                  .orElseGet(Future::succeededFuture);
            });
  }

  private void watch(OwnCredential own) {
    long timer = own.watch();
    toClose.push(() -> vertx.cancelTimer(timer));
  }

  /** For connections that come from now on; open streams stay. */
  private Future<Void> readCertificates() {
    return agents.reload().compose(done -> api.reload());
  }

  private void reloadCertificates() {
    readCertificates()
        .onSuccess(done -> LOG.info("both ports use the new certificate"))
        .onFailure(e -> LOG.error("both ports use the old certificate: {}", e.getMessage()));
  }

  private Future<Integer> startAgents() {
    LinkServerSettings settings =
        LinkServerSettings.of(
            config.name(),
            config.agents().host(),
            config.agents().port(),
            config.tls().certificate(),
            config.tls().key(),
            config.tls().ca(),
            trust.visas());
    agents =
        new AgentLinkServer(
            vertx,
            settings,
            new AgentDesk(desk, log, fleet, clocks, figures, trust.issuer()),
            doors.with(vertx, room.agents(), trust.visas()));
    toClose.push(() -> agents.stop().await(STOP_SECONDS, TimeUnit.SECONDS));
    Runnable turned = life.loop("leader", LEADER);
    long timer = vertx.setPeriodic(WAKE_MILLIS, id -> wake(turned));
    toClose.push(() -> vertx.cancelTimer(timer));
    return agents.start();
  }

  private void wake(Runnable turned) {
    long before = turns;
    desk.loop().submit(new Woken());
    turns = desk.loop().turns();
    if (turns != before) {
      turned.run();
    }
    log.state().planInForce().ifPresent(plan -> fleet.review(plan, clocks.get()));
  }

  private Future<Integer> startApi() {
    ApiSettings settings =
        new ApiSettings(
            config.api().host(),
            config.api().port(),
            config.tls().certificate(),
            config.tls().key(),
            config.tls().ca());
    PlanSink plans = new PlanDesk(context, desk);
    FleetView hosts = new FleetReader(fleet);
    StatusSource status = new StatusView(config.name(), log, hosts, clocks);
    HistorySource history = new HistoryView(log, hosts);
    api =
        new ApiServer(
            settings,
            own -> surface(own, status, history, plans),
            doors,
            room.operators(),
            trust.visas());
    return vertx
        .deployVerticle(api)
        .recover(
            e ->
                Future.failedFuture(
                    new IOException("API on " + config.api() + ": " + e.getMessage(), e)))
        .map(
            id -> {
              toClose.push(() -> vertx.undeploy(id).await(STOP_SECONDS, TimeUnit.SECONDS));
              LOG.info("operators are taken on {}:{}", config.api().host(), api.port());
              return api.port();
            });
  }

  private Surface surface(Vertx own, StatusSource status, HistorySource history, PlanSink plans) {
    Runnable turned = life.loop("operators", OPERATORS);
    own.setPeriodic(STATUS_MILLIS, id -> turned.run());
    Feeds feeds = Feeds.on(own, status, log);
    OperatorApi.Ports ports =
        new OperatorApi.Ports(
            status,
            history,
            log,
            plans,
            trust.issuer(),
            trust.issuer().renewals(agents),
            trust.visas(),
            clocks,
            log::serving);
    Answers answers = new Answers();
    Figures.Sources counted =
        new Figures.Sources(status, log, log::leads, agents, feeds.status(), answers);
    Scraper<CollectorReading> metrics = figures.scraper(own.getOrCreateContext(), counted);
    Page.Sources pages =
        new Page.Sources(status, feeds.status(), history, metrics::text, trust.visas());
    return new Surface(
        answers.countCalls(OperatorApi.handler(own, ports, feeds)),
        answers.countPages(Page.handler(own, pages, () -> config.anonymousViewer())),
        feeds);
  }

  private LedgerSettings ledgerSettings() {
    return new LedgerSettings(
        config.stateDirectory().resolve("ledger").toAbsolutePath(),
        config.name(),
        MachineId.ofThisMachine(),
        config.ledger().host(),
        config.ledger().port(),
        Optional.of(
            new LedgerSettings.Tls(
                config.ledgerTls().certificate(),
                config.ledgerTls().key(),
                config.ledgerTls().ca())),
        LedgerSettings.Limits.DEFAULT);
  }

  private interface Start<T> {
    Future<T> run();
  }

  private <T> Future<T> onLoop(Start<T> start) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> start.run().onComplete(promise));
    return promise.future();
  }

  private static <T> T await(Future<T> future) throws StartRefusedException, InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartRefusedException(String.valueOf(cause.getMessage()));
    } catch (TimeoutException e) {
      throw new StartRefusedException("it did not start within " + START_SECONDS + " s");
    }
  }
}
