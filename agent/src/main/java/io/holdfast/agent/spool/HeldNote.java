package io.holdfast.agent.spool;

import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Says on the disk what waits in memory, so that the next agent can tell what is lost when this one
 * dies. The file has its size before the disk is full: writing into it needs no room.
 */
final class HeldNote implements AutoCloseable {
  private static final int CONTENT = 3 * Long.BYTES;
  private static final int LENGTH = CONTENT + Integer.BYTES;

  private final FileChannel channel;

  /**
   * What waits.
   *
   * @param events 0: nothing
   * @param firstWallMillis of the oldest
   * @param lastWallMillis of the newest
   */
  record Held(long events, long firstWallMillis, long lastWallMillis) {
    static final Held NOTHING = new Held(0, 0, 0);

    static Held of(List<SpooledEvent> events) {
      if (events.isEmpty()) {
        return NOTHING;
      }
      long count =
          events.stream()
              .mapToLong(
                  event -> event.event() instanceof EventsDropped dropped ? dropped.count() : 1)
              .sum();
      return new Held(
          count, events.getFirst().at().wallMillis(), events.getLast().at().wallMillis());
    }
  }

  private HeldNote(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the note of this directory; makes one that says nothing when there is none. */
  static HeldNote open(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("held"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    HeldNote note = new HeldNote(channel);
    try {
      if (channel.size() < LENGTH) {
        note.write(Held.NOTHING);
      }
      return note;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What was written last; empty when it cannot be read. */
  Optional<Held> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    if (bytes.hasRemaining()) {
      return Optional.empty();
    }
    bytes.flip();
    Held held = new Held(bytes.getLong(), bytes.getLong(), bytes.getLong());
    return bytes.getInt() == checksum(bytes) && held.events() >= 0
        ? Optional.of(held)
        : Optional.empty();
  }

  void write(Held held) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putLong(held.events()).putLong(held.firstWallMillis()).putLong(held.lastWallMillis());
    bytes.putInt(checksum(bytes)).flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, CONTENT);
    return (int) crc.getValue();
  }
}
