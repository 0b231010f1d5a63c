package io.holdfast.agent.act.systemd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Jobs of systemd that somebody waits for. Used by one thread. */
final class Jobs {
  private final Map<String, CompletableFuture<String>> awaited = new HashMap<>();

  /** The job's result, such as {@code done} or {@code failed}. */
  CompletableFuture<String> result(String job) {
    return awaited.computeIfAbsent(job, path -> new CompletableFuture<>());
  }

  /** A signal {@code JobRemoved}: number, job, unit, result. */
  void removed(List<Object> arguments) {
    CompletableFuture<String> waiting = awaited.remove(String.valueOf(arguments.get(1)));
    if (waiting != null) {
      waiting.complete(String.valueOf(arguments.get(3)));
    }
  }

  /** Nobody will tell any more. */
  void lost(String why) {
    List<CompletableFuture<String>> all = List.copyOf(awaited.values());
    awaited.clear();
    BusException failure =
        new BusException(
            "", "the connection to D-Bus was lost (" + why + "); systemd may have done it");
    all.forEach(waiting -> waiting.completeExceptionally(failure));
  }
}
