package io.holdfast.collector.app;

import io.holdfast.unit.ManagerSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A service manager that listens to one program. */
final class Manager implements AutoCloseable {
  private final Awaiting awaiting;
  private final ManagerSocket socket = ManagerSocket.onPath();
  private final List<String> told = new ArrayList<>();

  Manager(Awaiting awaiting) throws IOException {
    this.awaiting = awaiting;
  }

  /** What a unit with that watchdog gets in its environment. */
  Map<String, String> environment(long watchdogMillis) {
    return Map.of(
        "NOTIFY_SOCKET", socket.address(), "WATCHDOG_USEC", Long.toString(watchdogMillis * 1_000));
  }

  /** Waits for a message that came since {@link #forget}. */
  void hears(String what, Predicate<String> message) throws Exception {
    awaiting.until(what + "; so far: " + told, () -> told().stream().anyMatch(message));
  }

  /** Waits for a status that says so; it may come with READY. */
  void reads(String part) throws Exception {
    hears("a status with: " + part, m -> m.contains("STATUS=") && m.contains(part));
  }

  long feeds() throws IOException {
    return told().stream().filter("WATCHDOG=1"::equals).count();
  }

  void forget() throws IOException {
    told().clear();
  }

  List<String> told() throws IOException {
    for (var next = socket.poll(); next.isPresent(); next = socket.poll()) {
      told.add(next.get());
    }
    return told;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
