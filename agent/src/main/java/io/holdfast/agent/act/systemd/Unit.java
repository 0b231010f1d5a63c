package io.holdfast.agent.act.systemd;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessLost;
import io.holdfast.core.agent.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of one service's unit, and what is told of it. Used by one thread. */
final class Unit {
  private static final Logger LOG = LoggerFactory.getLogger(Unit.class);
  private static final String UNIT_INTERFACE = Systemd.NAME + ".Unit";

  /** A service's end is not held back longer for its last lines: it waits to be healed. */
  private static final Duration LINES_PATIENCE = Duration.ofMillis(250);

  private final String service;
  private final String name;
  private final Surroundings around;
  private final UnitHistory history;
  private final Outbox outbox;
  private Optional<Systemd> systemd = Optional.empty();
  private Optional<UnitState> state = Optional.empty();
  private String path = "";
  private String whyUnknown = "systemd was not asked yet";
  private String controlGroup = "";
  private volatile String occupied = "";
  private boolean known;
  private boolean endExpected;

  Unit(String service, String name, Surroundings around) {
    this.service = service;
    this.name = name;
    this.around = around;
    this.history = new UnitHistory(service, around.bootMillis());
    this.outbox = new Outbox(around.context());
  }

  String service() {
    return service;
  }

  String name() {
    return name;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Its object; empty until it is known. */
  String path() {
    return path;
  }

  /** Empty while systemd cannot be asked. */
  Optional<UnitState> state() {
    return state;
  }

  /** Why it cannot be acted on for now, for people. */
  String whyUnknown() {
    return whyUnknown;
  }

  /** The path of its cgroup while it runs; else empty. For any thread. */
  String occupiedCgroup() {
    return occupied;
  }

  /** Systemd can be asked from now on; done once the present state is told. */
  CompletableFuture<Void> connected(Systemd asked) {
    systemd = Optional.of(asked);
    return asked
        .load(name)
        .thenCompose(
            found -> {
              path = found;
              return look(asked);
            })
        .exceptionally(
            failure -> {
              whyUnknown = readable(failure);
              return null;
            });
  }

  /** Systemd cannot be asked any more. */
  void disconnected(String why) {
    systemd = Optional.empty();
    state = Optional.empty();
    whyUnknown = why;
  }

  /** Tells that nobody knows; the next state is told afresh. */
  void giveUp() {
    known = false;
    tell(new ProcessLost(service, whyUnknown));
  }

  /**
   * Asks for every property; done once what changed is told. One that is new to the list is loaded
   * first: D-Bus ends the connection of whoever names no object.
   */
  CompletableFuture<Void> refresh() {
    return asked().thenCompose(asking -> path.isEmpty() ? connected(asking) : look(asking));
  }

  private CompletableFuture<Void> look(Systemd asking) {
    return asking.properties(path).thenAccept(properties -> take(UnitState.of(properties)));
  }

  /** Asks systemd, or fails. */
  CompletableFuture<Systemd> asked() {
    return systemd
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> CompletableFuture.failedFuture(new BusException("", whyUnknown)));
  }

  /** A signal {@code PropertiesChanged}: interface, changed, invalidated. */
  void changed(List<Object> arguments) {
    if (state.isEmpty() || !(arguments.get(1) instanceof Map<?, ?> changes)) {
      return;
    }
    String before = state.get().invocation();
    state = Optional.of(state.get().with(changes));
    // Systemd tells those of the service first, then those of every unit.
    if (UNIT_INTERFACE.equals(arguments.getFirst())) {
      take(state.get());
      if (!state.get().invocation().equals(before)) {
        CompletableFuture<Void> unused = refresh().exceptionally(failure -> null);
      }
    }
  }

  /** Whether nothing of it runs: systemd says so, and the kernel. */
  boolean isGone() throws IOException {
    return state.filter(UnitState::isDown).isPresent()
        && around.cgroups().isEmpty(controlGroup)
        && around.cgroups().isEmpty(state.get().controlGroup());
  }

  /** Processes that are there now. */
  List<String> processes() {
    return around.cgroups().processes(controlGroup);
  }

  /** The next end is what an action of ours wants: nothing has to be explained. */
  void expectEnd(boolean expected) {
    endExpected = expected;
  }

  private void take(UnitState now) {
    state = Optional.of(now);
    if (!now.controlGroup().isEmpty()) {
      controlGroup = now.controlGroup();
    }
    occupied = now.isRunning() ? controlGroup : "";
    if (known) {
      history.apply(now).forEach(event -> tell(event, now));
    } else {
      known = true;
      tell(history.present(now), now);
    }
  }

  private void tell(AgentEvent event, UnitState now) {
    if (event instanceof ProcessEnded ended) {
      boolean explained = endExpected || now.result().equals("success");
      endExpected = false;
      if (!explained) {
        outbox.say(withLastLines(ended, now));
        return;
      }
    }
    tell(event);
  }

  private void tell(AgentEvent event) {
    outbox.say(() -> around.listener().accept(event));
  }

  private CompletableFuture<Runnable> withLastLines(ProcessEnded ended, UnitState now) {
    CompletableFuture<List<String>> lines = around.journal().lastLines(name, now.invocation());
    around.later(LINES_PATIENCE, () -> lines.complete(List.of()));
    return lines.thenApply(
        told -> {
          Ending ending = new Ending(ended.ending().result(), ended.ending().restarts(), told);
          ProcessEnded whole =
              new ProcessEnded(service, ended.pid(), ended.exitCode(), ended.signal(), ending);
          return () -> around.listener().accept(whole);
        });
  }

  /** What is to be said of a failed future. */
  String readable(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof BusException bus) {
      return Failures.of(bus, "asking for", name);
    }
    LOG.warn("{}", name, cause);
    return name + ": " + cause;
  }
}
