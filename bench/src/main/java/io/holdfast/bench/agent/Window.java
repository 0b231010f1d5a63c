package io.holdfast.bench.agent;

import io.holdfast.bench.Request;
import io.holdfast.bench.report.Sample;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Looks at all subjects side by side, for the same time. */
final class Window {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Looks at them after a warm-up, while pages of metrics are read.
   *
   * @param pages with the seconds between two readings
   */
  static List<Consumption> scraped(
      Request request, Extent extent, List<Subject> subjects, Map<URI, Integer> pages)
      throws InterruptedException {
    try (var scraper = new Scraper(pages)) {
      request.say("warming up for %d s", extent.warmUp().toSeconds());
      TimeUnit.NANOSECONDS.sleep(extent.warmUp().toNanos());
      request.say("measuring memory and CPU for %d s", extent.window().toSeconds());
      var consumption = over(subjects, extent.window(), ClockTicks.perSecond());
      scraper.requireAllRead();
      return consumption;
    }
  }

  /** One look a second at least once; processes that end meanwhile are an error. */
  static List<Consumption> over(List<Subject> subjects, Duration length, long ticksPerSecond)
      throws InterruptedException {
    var resident = new ArrayList<List<Double>>();
    subjects.forEach(subject -> resident.add(new ArrayList<>()));
    List<Long> before = subjects.stream().map(Window::ticks).toList();
    long start = System.nanoTime();
    long looks = Math.max(1, length.toNanos() / LOOK_NANOS);
    for (long look = 1; look <= looks; look++) {
      long wait = start + look * LOOK_NANOS - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(wait);
      for (int i = 0; i < subjects.size(); i++) {
        resident.get(i).add(residentMb(subjects.get(i)));
      }
    }
    List<Long> after = subjects.stream().map(Window::ticks).toList();
    double minutes = (System.nanoTime() - start) / 60e9;
    var all = new ArrayList<Consumption>();
    for (int i = 0; i < subjects.size(); i++) {
      double seconds = (after.get(i) - before.get(i)) / (double) ticksPerSecond;
      all.add(
          new Consumption(Sample.of(resident.get(i)), shareMb(subjects.get(i)), seconds / minutes));
    }
    return all;
  }

  private Window() {}

  private static long ticks(Subject subject) {
    return subject.pids().stream().mapToLong(ProcFiles::cpuTicks).sum();
  }

  private static double residentMb(Subject subject) {
    return subject.pids().stream().mapToDouble(ProcFiles::residentMb).sum();
  }

  private static OptionalDouble shareMb(Subject subject) {
    double sum = 0;
    for (long pid : subject.pids()) {
      OptionalDouble share = ProcFiles.shareMb(pid);
      if (share.isEmpty()) {
        return share;
      }
      sum += share.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }
}
