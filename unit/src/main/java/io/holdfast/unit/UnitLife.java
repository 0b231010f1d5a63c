package io.holdfast.unit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The life of a program as a unit: when it is ready, a line for people, and a watchdog that is fed
 * while every loop turns. The line belongs to one thread, all else is for any.
 */
public final class UnitLife implements AutoCloseable {
  private final Notifier notifier;
  private final Loops loops = new Loops();
  private final StatusLine status;
  private Supplier<String> content = () -> "starting";
  private String trouble = "";
  private volatile Optional<Watchdog> watchdog = Optional.empty();

  /** A program that is not ready yet. */
  public UnitLife(Notifier notifier) {
    this.notifier = notifier;
    this.status = new StatusLine(notifier, this::line);
  }

  /** A loop begins; what is returned is to be called at each of its turns, see {@link Loops}. */
  public Runnable loop(String name, Duration bound) {
    return loops.add(name, bound);
  }

  /** Whether anybody listens. */
  public boolean isHeard() {
    return notifier.isHeard();
  }

  /** What the line says from now on; what it says now. */
  public String show(Supplier<String> line) {
    content = line;
    return line();
  }

  /** What is not as it should be, for people, or nothing: it comes first. The line with it. */
  public String trouble(String sentence) {
    trouble = sentence;
    return line();
  }

  /** Tells the line if it has changed; to be called once a second. */
  public void tell() {
    status.tell();
  }

  private String line() {
    return trouble.isEmpty() ? content.get() : trouble + "; " + content.get();
  }

  /** The start is over. */
  public void ready(String line) {
    reloaded(line);
    watchdog = Optional.of(Watchdog.start(notifier, loops));
  }

  /** A reload begins, which {@link #reloaded} ends, whatever comes of it. */
  public void reloading() {
    notifier.reloading();
  }

  /** The reload is over. */
  public void reloaded(String line) {
    notifier.ready(line);
    status.toldAlready(line);
  }

  /** The end begins, as it was asked for. */
  @Override
  public void close() {
    watchdog.ifPresent(Watchdog::close);
    notifier.stopping();
  }
}
