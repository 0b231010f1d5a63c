package io.holdfast.agent.app;

import io.holdfast.unit.Loops;
import io.holdfast.unit.Notifier;
import io.holdfast.unit.StatusLine;
import io.holdfast.unit.Watchdog;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The agent as systemd sees it: when it is ready, a line for people, and a watchdog that is fed
 * while every loop turns. Used on one event loop; what speaks of ready, reloading and the end by
 * any thread.
 */
final class UnitLife implements AutoCloseable {
  /** A reading of the host is due each second, and waits for what hangs in the kernel. */
  static final Duration SAMPLING = Duration.ofSeconds(30);

  /** The loop that decides is woken each {@link WakeTimer#LONGEST_MILLIS} at the latest. */
  static final Duration CHECKS = Duration.ofSeconds(15);

  /** The link looks at itself each second, whether a collector answers or not. */
  static final Duration LINK = Duration.ofSeconds(15);

  private static final long STATUS_MILLIS = 1_000;

  private final Notifier notifier;
  private final Loops loops = new Loops();
  private Optional<String> collector = Optional.empty();
  private String trouble = "";
  private Supplier<String> line = () -> "starting";
  private Optional<Watchdog> watchdog = Optional.empty();

  UnitLife(Notifier notifier) {
    this.notifier = notifier;
  }

  /** A loop begins; what is returned is to be called at each of its turns. */
  Runnable loop(String name, Duration bound) {
    return loops.add(name, bound);
  }

  /** A collector has the stream; empty: none has it. */
  void linked(Optional<String> name) {
    collector = name;
  }

  /** What is not as its configuration says, for people, or nothing; the line with it. */
  String trouble(String sentence) {
    trouble = sentence;
    return line.get();
  }

  /** Tells the line when it changes, from now on; what it says now. */
  String show(Vertx vertx, AgentLoop loop, Supplier<Set<String>> allowed) {
    line = () -> StatusText.of(loop.state(), allowed.get(), collector, trouble);
    if (notifier.isHeard()) {
      StatusLine status = new StatusLine(notifier, line);
      vertx.setPeriodic(STATUS_MILLIS, id -> status.tell());
    }
    return line.get();
  }

  /** A reload begins, which {@link #reloaded} ends. */
  void reloading() {
    notifier.reloading();
  }

  void reloaded(String status) {
    notifier.ready(status);
  }

  /** The start is over: everything is guarded. */
  void ready(String status) {
    notifier.ready(status);
    watchdog = Optional.of(Watchdog.start(notifier, loops));
  }

  @Override
  public void close() {
    watchdog.ifPresent(Watchdog::close);
    notifier.stopping();
  }
}
