package io.holdfast.agent.app;

import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.metrics.LobbyChannel;
import io.holdfast.agent.observe.linux.BootClock;
import io.holdfast.agent.observe.linux.BootId;
import io.holdfast.agent.observe.linux.Sampler;
import io.holdfast.agent.observe.oshi.Hardware;
import io.holdfast.agent.store.MemoryStore;
import io.holdfast.agent.store.PlanStore;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentState;
import io.holdfast.core.agent.HostEvent.AgentStarted;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.Reload;
import io.holdfast.unit.Notifier;
import io.holdfast.unit.UnitLife;
import io.holdfast.wire.socket.ServerSockets;
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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent put together: one event loop on which everything is decided, a few workers that wait
 * for files.
 */
final class AgentApp {
  /** An event has bounds; the rest is in the log. */
  private static final int REATTACHED_TOLD = 32;

  private static final Logger LOG = LoggerFactory.getLogger(AgentApp.class);
  private static final int WORKERS = 3;
  private static final int STOP_SECONDS = 5;
  private static final long MEMO_MILLIS = 2_000;
  private static final long STATUS_MILLIS = 1_000;

  /** A reading of the host is due each second, and waits for what hangs in the kernel. */
  private static final Duration SAMPLING = Duration.ofSeconds(30);

  /** The loop that decides is woken each {@link WakeTimer#LONGEST_MILLIS} at the latest. */
  private static final Duration CHECKS = Duration.ofSeconds(15);

  /** The link looks at itself each second, whether a collector answers or not. */
  private static final Duration LINK = Duration.ofSeconds(15);

  private final UnitLife life;
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Path file;
  private volatile AgentConfig config;
  // The rest is set by start(), before anything else is called.
  private Vertx vertx;
  private Context context;
  private BootClock bootClock;
  private AgentLoop loop;
  private Linking linking;
  private AgentLink link;
  private PlanDesk plans;
  private SpoolDesk spool;
  private Guarding guarding;
  private ServiceControl services;
  private WorldPorts ports;
  private MemoryStore memories;
  private RunDirectory runDirectory;
  private Figures figures;

  @SuppressWarnings("NullAway.Init")
  AgentApp(AgentConfig config, Path file, Notifier notifier) {
    this.config = config;
    this.file = file;
    this.life = new UnitLife(notifier);
  }

  /**
   * Starts everything; returns when the services are attached and the plan on disk is in force. A
   * collector is not waited for.
   *
   * @throws StartRefusedException if this host is not set up for it
   */
  void start() throws StartRefusedException, InterruptedException {
    runDirectory = RunDirectory.take(config.runDirectory(), config.host());
    toClose.push(runDirectory);
    try {
      build();
      await(runOnLoop(this::begin));
      await(attached());
      life.ready(await(shown()));
    } catch (IOException e) {
      throw new StartRefusedException(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the file and the certificates again; waits for the outcome. Not on the loop. */
  synchronized void reload(Reload<AgentConfig> reload) {
    life.reloading();
    LOG.info("reading the configuration and the certificates again");
    String trouble = reload.run();
    if (trouble.isEmpty()) {
      LOG.info("they are in force as they are now");
    }
    life.reloaded(callOnLoop(() -> Future.succeededFuture(life.trouble(trouble))).await());
  }

  /** What a reload needs to know of this agent. */
  Reload<AgentConfig> reload() {
    return new Reload<>(
        () -> AgentConfigReader.read(file),
        config,
        FixedKeys.ALL,
        fresh -> callOnLoop(() -> apply(fresh)).toCompletionStage(),
        LOG::error);
  }

  /** Stops everything but the services, which go on. */
  void stop() {
    life.close();
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping", e);
      }
    }
  }

  private void build() throws IOException {
    vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(WORKERS)
                    .setInternalBlockingPoolSize(WORKERS))
            .withTransport(new ServerSockets(LobbyChannel::new))
            .build();
    toClose.push(() -> vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS));
    context = vertx.getOrCreateContext();
    bootClock = new BootClock();
    plans = new PlanDesk(context, new PlanStore(config.stateDirectory()), this::inForce);
    guarding = Guarding.of(config, file, this::onLoop, bootClock::millis);
    services = guarding.services();
    toClose.push(services);
    toClose.push(guarding.jobs());
    memories = new MemoryStore(config.runDirectory(), BootId.read());
    spool = SpoolDesk.open(context, config, now(), BootId.read());
    toClose.push(spool);
  }

  private void begin() {
    MemoryDesk memory = new MemoryDesk(context, memories);
    figures = new Figures(context, config, runDirectory);
    ports =
        new WorldPorts(
            vertx,
            Probing.of(vertx, config, guarding.jobs()),
            services,
            spool,
            memory,
            figures.tally());
    loop = new AgentLoop(this::now, ports, AgentState.fresh(System.nanoTime(), memories.load()));
    WakeTimer timer = new WakeTimer(vertx, bootClock::millis, loop::wake);
    ports.answerTo(this::take, timer, life.loop("checks", CHECKS));
    Sampler sampler = new Sampler(new Hardware().cpuTemperature());
    Runnable sampled = life.loop("sampling", SAMPLING);
    Sampling sampling = new Sampling(vertx, sampler, services, this::take, sampled);
    linking = new Linking(plans::received, figures.tally(), life.loop("link", LINK));
    link =
        linking.open(
            vertx, config, spool.source(loop::take), new AgentReport(this::now, loop, sampling));
    spool.whenStored(link::poke);
    services.watch(this::take);
    sampling.start();
    figures.show(loop, sampling, spool);
    toClose.push(() -> callOnLoop(figures::stop).await(STOP_SECONDS, TimeUnit.SECONDS));
    long memo = vertx.setPeriodic(MEMO_MILLIS, id -> memory.remember(loop.state().memories()));
    HeapTrim heap = HeapTrim.ofThisProcess();
    long trims = vertx.setPeriodic(HeapTrim.LOOK_MILLIS, id -> heap.look());
    toClose.push(
        () -> {
          timer.stop();
          vertx.cancelTimer(memo);
          vertx.cancelTimer(trims);
          sampling.stop();
          sampler.close();
        });
  }

  private Future<Void> attached() {
    Promise<Attached> attached = Promise.promise();
    services.attach().thenAccept(attached::complete);
    return attached
        .future()
        .compose(
            found -> {
              found.failures().forEach((name, why) -> LOG.warn("{}: {}", name, why));
              LOG.info(
                  "{} runs; services taken over untouched: {}", Build.id(), found.reattached());
              List<String> told = found.reattached().stream().limit(REATTACHED_TOLD).toList();
              spool.append(List.of(new AgentStarted(Build.id(), told)), now());
              return plans.resume();
            })
        .map(
            stored -> {
              link.start();
              toClose.push(() -> link.stop().await(STOP_SECONDS, TimeUnit.SECONDS));
              return null;
            });
  }

  /** From now on people see what is guarded; the line that says so. */
  private Future<String> shown() {
    return callOnLoop(
        () -> {
          String line =
              life.show(() -> StatusText.of(loop.state(), services.services(), linking.state()));
          if (life.isHeard()) {
            vertx.setPeriodic(STATUS_MILLIS, id -> life.tell());
          }
          return Future.succeededFuture(line);
        });
  }

  private void inForce(HostPlan plan) {
    LOG.info("plan {} is in force", plan.planHash());
    manage(plan);
  }

  private void manage(HostPlan plan) {
    take(PlanFit.of(plan, config));
  }

  /** Puts it in force as a whole; fails before anything is changed. On the loop. */
  private Future<Void> apply(AgentConfig fresh) {
    return figures
        .reload()
        .compose(done -> link.reload(Linking.files(fresh)))
        .compose(done -> Future.fromCompletionStage(guarding.allow(fresh)))
        .map(
            attached -> {
              attached.failures().forEach((name, why) -> LOG.warn("{}: {}", name, why));
              config = fresh;
              figures.certificates(fresh.tls());
              ports.probeWith(Probing.of(vertx, fresh, guarding.jobs()));
              link.use(Linking.collectors(fresh));
              loop.state().plan().ifPresent(this::manage);
              return null;
            });
  }

  private void take(AgentEvent event) {
    figures.tally().taken(event);
    loop.take(event);
  }

  private Moment now() {
    return new Moment(bootClock.millis(), System.currentTimeMillis());
  }

  private void onLoop(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  private <T> Future<T> callOnLoop(Supplier<Future<T>> call) {
    Promise<T> done = Promise.promise();
    onLoop(() -> call.get().onComplete(done));
    return done.future();
  }

  private Future<Void> runOnLoop(Runnable task) {
    Promise<Void> done = Promise.promise();
    onLoop(
        () -> {
          task.run();
          done.complete();
        });
    return done.future();
  }

  private static <T> T await(Future<T> future) throws StartRefusedException, InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StartRefusedException(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new StartRefusedException("the services could not be attached within 60 s");
    }
  }
}
