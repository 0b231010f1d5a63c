package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a segment: header, then per entry its length as a varint, its bytes and their
 * CRC32C, then zeros up to the preallocated size.
 *
 * @param entries the unbroken run from the start
 * @param readable bytes up to the end of the last of them
 * @param remainder how many bytes lie after that, without the zeros at the very end
 */
record SegmentContent(List<Tip> entries, long readable, long remainder) {
  private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.UTF_8);
  private static final int CHECKSUM = Integer.BYTES;

  static SegmentContent of(SegmentFile segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment.path());
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Tip> entries = new ArrayList<>();
    int readable = 0;
    if (startsWithHeader(buffer)) {
      readable = HEADER.length;
      Tip entry = nextEntry(buffer);
      while (entry != null && entry.index() == segment.start() + entries.size()) {
        entries.add(entry);
        readable = buffer.position();
        entry = nextEntry(buffer);
      }
    }
    return new SegmentContent(entries, readable, meaningfulLength(bytes, readable) - readable);
  }

  /** Whether nothing but zeros follows what can be read. */
  boolean isWhole() {
    return remainder == 0;
  }

  private static boolean startsWithHeader(ByteBuffer buffer) {
    byte[] start = new byte[Math.min(HEADER.length, buffer.remaining())];
    buffer.get(start);
    return Arrays.equals(start, HEADER);
  }

  /** The next entry's term and index; null where no whole entry follows. */
  private static @Nullable Tip nextEntry(ByteBuffer buffer) {
    int start = buffer.position();
    int length = varint(buffer);
    if (length <= 0 || buffer.remaining() < CHECKSUM || length > buffer.remaining() - CHECKSUM) {
      return null;
    }
    int end = buffer.position() + length;
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().position(start).limit(end));
    if (buffer.getInt(end) != (int) crc.getValue()) {
      return null;
    }
    try {
      LogEntryProto entry = LogEntryProto.parseFrom(buffer.duplicate().limit(end));
      buffer.position(end + CHECKSUM);
      return new Tip(entry.getTerm(), entry.getIndex());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static int varint(ByteBuffer buffer) {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE && buffer.hasRemaining(); shift += 7) {
      byte next = buffer.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }

  private static int meaningfulLength(byte[] bytes, int from) {
    int length = bytes.length;
    while (length > from && bytes[length - 1] == 0) {
      length--;
    }
    return length;
  }
}
