package io.holdfast.agent.spool;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.wire.EventMapping;
import io.holdfast.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One event as the files have it: length, CRC32C of the content, content ({@link Event}). */
final class Frame {
  /** Bytes before the content. */
  static final int HEAD = 8;

  private static final int MAX_CONTENT = 1024 * 1024;

  private Frame() {}

  /**
   * Ready to be written.
   *
   * @throws WireException when a number of the event is one that no reader would take back
   */
  static byte[] encode(SpooledEvent event) {
    byte[] content = EventMapping.toProto(event).toByteArray();
    return ByteBuffer.allocate(HEAD + content.length)
        .putInt(content.length)
        .putInt(crc(content, 0, content.length))
        .put(content)
        .array();
  }

  /** Bytes of the whole frame that begins here; 0 when no whole and sound frame begins here. */
  static int length(ByteBuffer bytes, int at) {
    if (bytes.limit() - at < HEAD) {
      return 0;
    }
    int content = bytes.getInt(at);
    if (content <= 0 || content > MAX_CONTENT || content > bytes.limit() - at - HEAD) {
      return 0;
    }
    int crc = crc(bytes.array(), bytes.arrayOffset() + at + HEAD, content);
    return crc == bytes.getInt(at + 4) ? HEAD + content : 0;
  }

  /** The event of a sound frame; empty when this build cannot read it. */
  static Optional<SpooledEvent> decode(ByteBuffer bytes, int at, int length) {
    try {
      return Optional.of(
          EventMapping.fromProto(
              Event.parseFrom(bytes.slice(at + HEAD, length - HEAD).asReadOnlyBuffer())));
    } catch (InvalidProtocolBufferException | WireException e) {
      return Optional.empty();
    }
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
