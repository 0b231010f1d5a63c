package io.holdfast.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: runs what was scheduled in the order of its time, and of scheduling within it. */
final class EventScheduler {

  private record Entry(long at, long order, Runnable task) {}

  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private long now;
  private long order;

  /** Milliseconds since the simulation began. */
  long now() {
    return now;
  }

  void after(long millis, Runnable task) {
    queue.add(new Entry(now + Math.max(0, millis), order++, task));
  }

  void runUntil(long end) {
    while (!queue.isEmpty() && queue.peek().at() <= end) {
      Entry entry = queue.poll();
      now = entry.at();
      entry.task().run();
    }
    now = end;
  }
}
