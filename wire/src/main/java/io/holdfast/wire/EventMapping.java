package io.holdfast.wire;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.proto.agent.v1.Event;

/** A {@link SpooledEvent} on the wire, in the spool and in the ledger. */
public final class EventMapping {
  private EventMapping() {}

  /**
   * As a message holds it.
   *
   * @throws WireException when a number is one that no reader would take back, so that such an
   *     event is never kept
   */
  public static Event toProto(SpooledEvent event) {
    Event.Builder message =
        Event.newBuilder()
            .setSequence(event.sequence())
            .setPrevious(event.previous())
            .setWallMillis(event.at().wallMillis())
            .setBootMillis(event.at().bootMillis())
            .setBootId(event.bootId());
    EventWriter.write(event.event(), message);
    return message.build();
  }

  /**
   * As core has it.
   *
   * @throws WireException when this build does not know the kind of event or a code in it, or a
   *     number is out of its range
   */
  public static SpooledEvent fromProto(Event event) {
    try {
      Field.between("previous", event.getPrevious(), 0, Long.MAX_VALUE - 1);
      Field.between("sequence", event.getSequence(), event.getPrevious() + 1, Long.MAX_VALUE);
      Field.between("boot_millis", event.getBootMillis(), 0, Long.MAX_VALUE);
      return new SpooledEvent(
          event.getSequence(),
          event.getPrevious(),
          new Moment(event.getBootMillis(), event.getWallMillis()),
          event.getBootId(),
          EventReader.read(event));
    } catch (WireException e) {
      throw new WireException("event " + event.getSequence() + ": " + e.getMessage(), e);
    }
  }
}
