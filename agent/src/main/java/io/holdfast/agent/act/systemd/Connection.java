package io.holdfast.agent.act.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the connection to systemd: makes it anew when it breaks, and hands its signals on. */
final class Connection implements Bus.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** D-Bus may be restarted without anybody noticing. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path socket;
  private final Surroundings around;
  private final Supplier<List<Unit>> units;
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private Optional<Bus> bus = Optional.empty();
  private volatile Optional<Bus> open = Optional.empty();
  private volatile boolean closed;
  private Duration wait = FIRST_WAIT;
  private boolean complained;
  private boolean givenUp;
  private long lostAt = System.nanoTime();

  /**
   * @param units all that are looked after, at any time
   */
  Connection(Path socket, Surroundings around, Supplier<List<Unit>> units) {
    this.socket = socket;
    this.around = around;
    this.units = units;
  }

  /** Begins; done when the present state of every unit is told, or it is clear that it cannot. */
  CompletableFuture<Void> open() {
    connect();
    return first;
  }

  /** Attaches units that came later; done when their state is told, or it is clear it cannot. */
  CompletableFuture<Void> introduce(Collection<Unit> fresh) {
    return bus.map(Systemd::new)
        .map(
            systemd ->
                CompletableFuture.allOf(
                    fresh.stream()
                        .map(unit -> unit.connected(systemd))
                        .toArray(CompletableFuture[]::new)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Once a second. */
  void tick(long nanos) {
    bus.ifPresent(connected -> connected.tick(nanos));
    if (bus.isEmpty() && !givenUp && nanos - lostAt > PATIENCE_NANOS) {
      givenUp = true;
      units.get().forEach(Unit::giveUp);
    }
  }

  /** Asks for every unit, should a change have gone unnoticed. */
  void lookAgain() {
    if (bus.isPresent()) {
      units
          .get()
          .forEach(
              unit -> {
                CompletableFuture<Void> unused = unit.refresh().exceptionally(failure -> null);
              });
    }
  }

  @Override
  public void connected(Bus connected) {
    bus = Optional.of(connected);
    Systemd systemd = new Systemd(connected);
    CompletableFuture<Void> unused =
        systemd
            .subscribe()
            .thenCombine(introduce(units.get()), (subscribed, known) -> known)
            .whenComplete((known, failure) -> settled(failure));
  }

  @Override
  public void signalled(BusSignal signal) {
    switch (signal.member()) {
      case "JobRemoved" -> around.jobs().removed(signal.arguments());
      case "PropertiesChanged" ->
          units.get().stream()
              .filter(unit -> unit.path().equals(signal.path()))
              .forEach(unit -> unit.changed(signal.arguments()));
      case "Reloading" -> {
        if (Boolean.FALSE.equals(signal.arguments().getFirst())) {
          lookAgain();
        }
      }
      default -> {}
    }
  }

  @Override
  public void lost(Bus broken, String why) {
    if (closed) {
      return;
    }
    if (bus.isPresent()) {
      lostAt = System.nanoTime();
      givenUp = false;
    }
    bus = Optional.empty();
    String told =
        "systemd cannot be asked: D-Bus at " + socket + ": " + why + "; the agent tries again";
    if (!complained) {
      complained = true;
      LOG.warn("{}", told);
    }
    units.get().forEach(unit -> unit.disconnected(told));
    around.jobs().lost(why);
    first.complete(null);
    around.later(wait, this::connect);
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
  }

  @Override
  public void close() {
    closed = true;
    open.ifPresent(Bus::close);
  }

  private void settled(Throwable failure) {
    if (failure == null) {
      if (complained) {
        LOG.info("systemd can be asked again");
      }
      complained = false;
      givenUp = false;
      wait = FIRST_WAIT;
      first.complete(null);
    } else {
      LOG.warn("systemd: {}", failure.getMessage());
      open.ifPresent(Bus::close); // and begin anew
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    try {
      open = Optional.of(Bus.open(socket, around.worker(), this));
    } catch (BusException e) {
      LOG.error("{}", e.getMessage());
      units.get().forEach(unit -> unit.disconnected(String.valueOf(e.getMessage())));
      first.complete(null);
    }
  }
}
