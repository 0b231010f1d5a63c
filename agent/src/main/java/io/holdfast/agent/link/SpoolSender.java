package io.holdfast.agent.link;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventAck;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.wire.EventMapping;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the spool's events onto one stream, in order and no faster than they are acknowledged. */
final class SpoolSender {
  /** Bytes of events in one message: half of what a collector takes. */
  private static final int MAX_BATCH_BYTES = 512 * 1024;

  private final EventSource events;
  private final AgentFacts facts;
  private final Consumer<AgentMessage> send;

  /** The spool that this stream's sequences count in. */
  private final String spoolId;

  private Optional<EventWindow> window = Optional.empty();

  SpoolSender(EventSource events, AgentFacts facts, Consumer<AgentMessage> send) {
    this.events = events;
    this.facts = facts;
    this.send = send;
    this.spoolId = events.spoolId();
  }

  String spoolId() {
    return spoolId;
  }

  /** The stream is open, and the ledger has the spool up to there. */
  void opened(long lastSequence) {
    window = Optional.of(new EventWindow(lastSequence));
    if (lastSequence > 0) {
      events.acknowledged(lastSequence);
    }
  }

  /** False: it is about another spool, or comes before the welcome. */
  boolean acknowledged(EventAck ack) {
    if (window.isEmpty() || !ack.getSpoolId().equals(spoolId)) {
      return false;
    }
    window.get().acknowledged(ack.getSequence());
    events.acknowledged(ack.getSequence());
    return true;
  }

  /** Whether the spool is still the one that the stream was opened for. */
  boolean isOfThisSpool() {
    return events.spoolId().equals(spoolId);
  }

  /** Sends one batch; false: there is nothing to send now. */
  boolean sendSome() {
    EventWindow open = window.orElseThrow();
    if (open.room() <= 0) {
      return false;
    }
    List<SpooledEvent> next = events.after(open.sentUpTo(), open.room());
    if (next.isEmpty()) {
      return false;
    }
    EventBatch.Builder batch = EventBatch.newBuilder();
    long last = open.sentUpTo();
    int bytes = 0;
    for (SpooledEvent event : next) {
      Event message = EventMapping.toProto(event);
      bytes += message.getSerializedSize();
      if (bytes > MAX_BATCH_BYTES && batch.getEventsCount() > 0) {
        break;
      }
      batch.addEvents(message);
      last = event.sequence();
    }
    open.sent(last, batch.getEventsCount());
    Moment now = facts.now();
    batch.setWallMillis(now.wallMillis()).setBootMillis(now.bootMillis());
    send.accept(AgentMessage.newBuilder().setEvents(batch).build());
    return true;
  }
}
