package io.holdfast.agent.act.systemd;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.ProcessFact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services that systemd runs, each a unit.
 *
 * <p>All work is done by one thread, {@code systemd}; a second one reads from D-Bus. When D-Bus is
 * not there the agent goes on without it and tries again, with a wait that grows to 10 s.
 */
public final class SystemdServiceControl implements ServiceControl {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdServiceControl.class);
  private static final Duration LONGEST_GRACE = Duration.ofDays(1);
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(5);
  private static final int TICKS_PER_LOOK = 60;

  private final Map<String, Unit> units = new ConcurrentSkipListMap<>();
  private final Map<String, UnitWork> works = new ConcurrentSkipListMap<>();
  private final Map<String, Unit> jobUnits = new ConcurrentSkipListMap<>();
  private final Surroundings around;
  private final Connection connection;
  private volatile Consumer<AgentEvent> listener = event -> {};
  private int ticks;

  /**
   * Nothing is touched until {@link #attach}.
   *
   * @param context on which the listener is called and returned stages complete, one after another
   * @param bootMillis the boot clock
   */
  public SystemdServiceControl(
      SystemdSettings settings, Executor context, LongSupplier bootMillis) {
    ScheduledThreadPoolExecutor worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("systemd").daemon().factory());
    worker.setRemoveOnCancelPolicy(true);
    around =
        new Surroundings(
            context,
            worker,
            new Cgroups(settings.cgroups(), Path.of("/proc")),
            new Journal(settings.journalctl()),
            new Jobs(),
            event -> listener.accept(event),
            micros -> micros / 1_000 + suspendedMillis(bootMillis),
            settings.startPatience());
    settings.units().forEach(this::add);
    connection =
        new Connection(
            settings.busSocket(),
            around,
            () -> Stream.of(units, jobUnits).flatMap(all -> all.values().stream()).toList());
  }

  /** Jobs over the same connection; they end with it. To be called once, before {@link #attach}. */
  public Job jobs(JobPlaces places) {
    return new SystemdJob(places, around, connection, jobUnits);
  }

  @Override
  public Set<String> services() {
    return Set.copyOf(units.keySet());
  }

  @Override
  public void watch(Consumer<AgentEvent> listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<Attached> attach() {
    CompletableFuture<Attached> attached = new CompletableFuture<>();
    around
        .worker()
        .execute(
            () -> {
              CompletableFuture<Void> first = connection.open();
              around.later(FIRST_CONTACT, () -> first.complete(null));
              CompletableFuture<Void> unused =
                  first.thenRun(
                      () ->
                          afterEvents(
                              units.values(), () -> attached.complete(attached(units.values()))));
              Future<?> unusedToo =
                  around.worker().scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
            });
    return attached;
  }

  /**
   * Changes the allowlist. Units that are new to it are attached as by {@link #attach}; those that
   * are no longer in it go on, unwatched.
   *
   * @param changed the unit of each service
   * @return never completes with an exception; failures are those of new services
   */
  public CompletionStage<Attached> allow(Map<String, String> changed) {
    CompletableFuture<Attached> attached = new CompletableFuture<>();
    around
        .worker()
        .execute(
            () -> {
              units.values().stream()
                  .filter(unit -> !unit.name().equals(changed.get(unit.service())))
                  .forEach(this::leave);
              List<Unit> fresh = new ArrayList<>();
              changed.forEach(
                  (service, name) -> {
                    if (!units.containsKey(service)) {
                      fresh.add(add(service, name));
                    }
                  });
              CompletableFuture<Void> known = connection.introduce(fresh);
              around.later(FIRST_CONTACT, () -> known.complete(null));
              CompletableFuture<Void> unused =
                  known.thenRun(() -> afterEvents(fresh, () -> attached.complete(attached(fresh))));
            });
    return attached;
  }

  private Unit add(String service, String name) {
    Unit unit = new Unit(service, name, around);
    units.put(service, unit);
    works.put(service, new UnitWork(unit, around));
    return unit;
  }

  private void leave(Unit unit) {
    units.remove(unit.service());
    works.remove(unit.service());
    unit.disconnected(unit.service() + " is not in the configuration any more");
    LOG.info("{}: not in the configuration any more; it goes on unguarded", unit.service());
  }

  @Override
  public CompletionStage<ActionOutcome> start(String service) {
    return act(service, Duration.ZERO, UnitWork::start);
  }

  @Override
  public CompletionStage<ActionOutcome> stop(String service, Duration grace) {
    return act(service, grace, work -> work.stop(grace));
  }

  @Override
  public CompletionStage<ActionOutcome> restart(
      String service, Duration grace, ProcessFact judged) {
    return act(service, grace, work -> work.restart(grace, judged));
  }

  @Override
  public CompletionStage<ActionOutcome> kill(String service) {
    return act(service, Duration.ZERO, UnitWork::kill);
  }

  @Override
  public Map<String, Long> residentBytes() {
    Map<String, Long> bytes = new TreeMap<>();
    units.forEach(
        (service, unit) ->
            around
                .cgroups()
                .residentBytes(unit.occupiedCgroup())
                .ifPresent(sum -> bytes.put(service, sum)));
    return bytes;
  }

  @Override
  public void close() {
    around.worker().shutdownNow();
    connection.close();
    around.journal().close();
  }

  private CompletionStage<ActionOutcome> act(
      String service, Duration grace, Function<UnitWork, CompletableFuture<ActionOutcome>> action) {
    UnitWork work = works.get(service);
    Unit unit = units.get(service);
    CompletableFuture<ActionOutcome> outcome = new CompletableFuture<>();
    if (work == null || unit == null) {
      Refused refused =
          new Refused(
              service
                  + " is not among the services that this host's configuration lets the agent"
                  + " start and stop: "
                  + List.copyOf(units.keySet()));
      around.context().execute(() -> outcome.complete(refused));
    } else if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      Refused refused = new Refused("a grace of " + grace + " is not between 0 and a day");
      around.context().execute(() -> outcome.complete(refused));
    } else {
      try {
        around.worker().execute(() -> run(work, unit, action, outcome));
      } catch (RejectedExecutionException e) {
        around.context().execute(() -> outcome.complete(new Failed("the agent is ending")));
      }
    }
    return outcome;
  }

  private static void run(
      UnitWork work,
      Unit unit,
      Function<UnitWork, CompletableFuture<ActionOutcome>> action,
      CompletableFuture<ActionOutcome> outcome) {
    CompletableFuture<Void> unused =
        action.apply(work).thenAccept(how -> unit.outbox().say(() -> outcome.complete(how)));
  }

  /** Does it once every unit has told what it has to tell. */
  private void afterEvents(Collection<Unit> these, Runnable task) {
    List<CompletableFuture<Void>> told = new ArrayList<>();
    for (Unit unit : these) {
      CompletableFuture<Void> said = new CompletableFuture<>();
      unit.outbox().say(() -> said.complete(null));
      told.add(said);
    }
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
            .thenRunAsync(task, around.context());
  }

  private static Attached attached(Collection<Unit> these) {
    List<String> reattached = new ArrayList<>();
    Map<String, String> failures = new TreeMap<>();
    these.forEach(
        unit -> {
          if (unit.state().filter(UnitState::isRunning).isPresent()) {
            reattached.add(unit.service());
          }
          unit.state()
              .map(state -> Obstacle.toStart(unit.name(), state))
              .orElseGet(() -> Optional.of(unit.whyUnknown()))
              .ifPresent(why -> failures.put(unit.service(), why));
        });
    return new Attached(reattached, failures);
  }

  private void tick() {
    try {
      ticks++;
      connection.tick(System.nanoTime());
      if (ticks % TICKS_PER_LOOK == 0) {
        connection.lookAgain();
      }
    } catch (RuntimeException e) {
      LOG.warn("systemd: {}", e.toString(), e);
    }
  }

  /**
   * Systemd's times are of the monotonic clock, which stands still while the machine is suspended;
   * Java's nanoTime reads that clock on Linux. Whole seconds, so that one run has one start.
   */
  private static long suspendedMillis(LongSupplier bootMillis) {
    long apart = bootMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    return Math.round(apart / 1e3) * 1_000;
  }
}
