package io.holdfast.agent.act.systemd;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What systemd can be asked for over a {@link Bus}. Every answer may be a {@link BusException}. */
final class Systemd {
  static final String NAME = "org.freedesktop.systemd1";

  /** Every process of the unit's cgroup. */
  private static final String ALL = "all";

  private static final String PATH = "/org/freedesktop/systemd1";
  private static final String MANAGER = NAME + ".Manager";
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

  /** A job of ours replaces one that is queued, as systemctl's do. */
  private static final String MODE = "replace";

  private final Bus bus;

  Systemd(Bus bus) {
    this.bus = bus;
  }

  /** Asks for the end of every job, and for systemd's own reloads. */
  CompletableFuture<?> subscribe() {
    return CompletableFuture.allOf(
        bus.watch(rule(MANAGER, "JobRemoved", PATH)),
        bus.watch(rule(MANAGER, "Reloading", PATH)),
        bus.call(PATH, MANAGER, "Subscribe", ""));
  }

  /** The unit's object; its changes are told from then on. */
  CompletableFuture<String> load(String unit) {
    return bus.call(PATH, MANAGER, "LoadUnit", "s", unit)
        .thenCompose(
            answer -> {
              String path = String.valueOf(answer.getFirst());
              return bus.watch(rule(PROPERTIES, "PropertiesChanged", path)).thenApply(done -> path);
            });
  }

  /** Every property of the unit, all of one instant. */
  CompletableFuture<Map<?, ?>> properties(String path) {
    return bus.call(path, PROPERTIES, "GetAll", "s", "")
        .thenApply(answer -> (Map<?, ?>) answer.getFirst());
  }

  /**
   * Queues a job.
   *
   * @param method such as {@code StartUnit}
   * @return the job's object
   */
  CompletableFuture<String> queue(String method, String unit) {
    return bus.call(PATH, MANAGER, method, "ss", unit, MODE)
        .thenApply(answer -> String.valueOf(answer.getFirst()));
  }

  /**
   * What a job is to do, such as {@code start}, {@code stop} or {@code restart}; empty when it is
   * over.
   */
  CompletableFuture<String> jobType(String job) {
    return bus.call(job, PROPERTIES, "Get", "ss", NAME + ".Job", "JobType")
        .handle((answer, failure) -> failure == null ? String.valueOf(answer.getFirst()) : "");
  }

  /** Sends a signal to every process of the unit. */
  CompletableFuture<List<Object>> kill(String unit, int signal) {
    return bus.call(PATH, MANAGER, "KillUnit", "ssi", unit, ALL, signal);
  }

  private static String rule(String interfaceName, String member, String path) {
    return "type='signal',sender='%s',interface='%s',member='%s',path='%s'"
        .formatted(NAME, interfaceName, member, path);
  }
}
