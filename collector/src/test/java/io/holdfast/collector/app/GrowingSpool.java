package io.holdfast.collector.app;

import io.holdfast.agent.link.EventSource;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A spool in memory into which events are put at a steady rate; it remembers what was acknowledged.
 */
final class GrowingSpool implements EventSource {
  private final List<SpooledEvent> events = new ArrayList<>();
  private long acknowledged;

  synchronized void grow(int count) {
    for (int i = 0; i < count; i++) {
      long sequence = events.size() + 1L;
      events.add(
          new SpooledEvent(
              sequence,
              sequence - 1,
              new Moment(sequence, sequence),
              "boot",
              new HostEvent.ServiceStarted("trading_engine", sequence)));
    }
  }

  synchronized long size() {
    return events.size();
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  @Override
  public String spoolId() {
    return "spool-1";
  }

  @Override
  public synchronized List<SpooledEvent> after(long sequence, int max) {
    int from = (int) Math.min(events.size(), sequence);
    return List.copyOf(events.subList(from, Math.min(events.size(), from + max)));
  }

  @Override
  public synchronized void acknowledged(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
  }
}
