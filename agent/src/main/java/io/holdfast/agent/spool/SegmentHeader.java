package io.holdfast.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The beginning of a file of the spool.
 *
 * @param spool names the spool
 * @param generation files of a lower one were replaced by this one's
 * @param base sequence of the event before the file's first; no event before the first file is
 *     still needed
 */
record SegmentHeader(UUID spool, long generation, long base) {
  /** Bytes on disk. */
  static final int LENGTH = 8 + 16 + 8 + 8 + 4;

  private static final byte[] MAGIC = "HFSPOOL1".getBytes(StandardCharsets.US_ASCII);

  byte[] encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH)
            .put(MAGIC)
            .putLong(spool.getMostSignificantBits())
            .putLong(spool.getLeastSignificantBits())
            .putLong(generation)
            .putLong(base);
    return bytes.putInt(crc(bytes)).array();
  }

  /**
   * Reads it.
   *
   * @throws IOException when it is damaged, or of another format
   */
  static SegmentHeader decode(ByteBuffer bytes) throws IOException {
    if (bytes.limit() < LENGTH
        || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
        || bytes.getInt(LENGTH - 4) != crc(bytes)) {
      throw new IOException("its head is damaged");
    }
    return new SegmentHeader(
        new UUID(bytes.getLong(8), bytes.getLong(16)), bytes.getLong(24), bytes.getLong(32));
  }

  /** Sorts by generation and then by base. */
  String fileName() {
    return "%010d-%019d.spool".formatted(generation, base);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), bytes.arrayOffset(), LENGTH - 4);
    return (int) crc.getValue();
  }
}
