package io.holdfast.unit;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process tells the service manager that started it, as {@code sd_notify(3)} says. Where
 * none asked to be told, every method does nothing. Safe for all threads; none waits but {@link
 * #ready}.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final int READY_TRIES = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int STATUS_CHARS = 400;

  private final Optional<Datagrams> manager;
  private final Optional<Duration> watchdog;

  Notifier(Optional<Datagrams> manager, Optional<Duration> watchdog) {
    this.manager = manager;
    this.watchdog = manager.isPresent() ? watchdog : Optional.empty();
  }

  /** As this process's environment says. */
  public static Notifier ofThisProcess() {
    return of(System.getenv(), ProcessHandle.current().pid());
  }

  static Notifier of(Map<String, String> environment, long pid) {
    String address = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (address.isEmpty()) {
      return new Notifier(Optional.empty(), Optional.empty());
    }
    try {
      return new Notifier(Optional.of(NotifySocket.open(address)), watchdog(environment, pid));
    } catch (IOException e) {
      LOG.error("NOTIFY_SOCKET={} cannot be used: {}", address, e.getMessage());
      return new Notifier(Optional.empty(), Optional.empty());
    }
  }

  /** {@code WATCHDOG_PID} says for whom the watchdog is, where it is not for every process. */
  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String own = Long.toString(pid);
    if (!environment.getOrDefault("WATCHDOG_PID", own).equals(own)) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return Optional.of(Duration.ofNanos(Math.multiplyExact(micros, 1_000L)))
          .filter(Duration::isPositive);
    } catch (ArithmeticException | NumberFormatException e) {
      LOG.warn("WATCHDOG_USEC={} is no number of microseconds", environment.get("WATCHDOG_USEC"));
      return Optional.empty();
    }
  }

  /** Whether anybody listens. */
  public boolean isHeard() {
    return manager.isPresent();
  }

  /** How often at least {@link #alive} is expected; empty: there is no watchdog. */
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  /** The start, or a reload, is over. Waits up to 5 s for a manager that takes nothing. */
  public void ready(String status) {
    String content = "READY=1\nSTATUS=" + oneLine(status);
    manager.ifPresent(
        datagrams -> {
          for (int tries = 0; tries < READY_TRIES && !datagrams.send(content); tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
        });
  }

  /** A reload begins; {@link #ready} ends it, whatever came of it. */
  public void reloading() {
    // On Linux the JVM's nanoTime is CLOCK_MONOTONIC, which the manager compares with its own.
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000);
  }

  /** The process ends as it was asked to. */
  public void stopping() {
    send("STOPPING=1\nSTATUS=stopping");
  }

  /** A line for people, shown by {@code systemctl status}; false when it was not taken. */
  public boolean status(String line) {
    return send("STATUS=" + oneLine(line));
  }

  void alive() {
    send("WATCHDOG=1");
  }

  private boolean send(String content) {
    return manager.map(datagrams -> datagrams.send(content)).orElse(true);
  }

  /** A line feed would begin another message, and what is told may come from outside. */
  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= STATUS_CHARS ? line : line.substring(0, STATUS_CHARS) + " …";
  }
}
