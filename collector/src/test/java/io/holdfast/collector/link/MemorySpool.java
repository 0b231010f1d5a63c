package io.holdfast.collector.link;

import io.holdfast.agent.link.EventSource;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A spool that forgets what was acknowledged, as the real one may. */
final class MemorySpool implements EventSource {
  private final String id;
  private final ConcurrentSkipListMap<Long, SpooledEvent> kept = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();

  MemorySpool(String id) {
    this.id = id;
  }

  void add(int count) {
    for (int i = 0; i < count; i++) {
      long sequence = last.incrementAndGet();
      kept.put(sequence, event(sequence, sequence - 1));
    }
  }

  static SpooledEvent event(long sequence, long previous) {
    return new SpooledEvent(
        sequence,
        previous,
        new Moment(sequence, sequence),
        "boot",
        new HostEvent.ServiceStarted("engine", sequence));
  }

  long last() {
    return last.get();
  }

  long acknowledgedUpTo() {
    return acknowledged.get();
  }

  @Override
  public String spoolId() {
    return id;
  }

  @Override
  public List<SpooledEvent> after(long sequence, int max) {
    return kept.tailMap(sequence, false).entrySet().stream()
        .limit(max)
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void acknowledged(long sequence) {
    acknowledged.accumulateAndGet(sequence, Math::max);
    kept.headMap(sequence, true).clear();
  }
}
