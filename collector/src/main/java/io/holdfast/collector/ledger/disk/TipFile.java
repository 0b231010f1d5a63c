package io.holdfast.collector.ledger.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Keeps the {@link Tip} outside the log, so that a log that lost its end is noticed.
 *
 * <p>Ratis takes a torn end of its log for an entry that was never committed and drops it without a
 * word. Two slots are written by turns, each a block of its own with a checksum: a write that is
 * torn leaves the tip before it, whose successor nobody was told of. The file has its full size
 * from the start, so that forcing a slot costs one write of one block.
 *
 * <p>Not for several threads.
 */
public final class TipFile implements Closeable {
  private static final long MAGIC = 0x4846_5449_5030_3031L; // "HFTIP001"
  private static final int BLOCK = 4096;
  private static final int SLOT = 4 * Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOT);
  private long sequence;
  private Tip tip;

  private TipFile(FileChannel channel, Slot last) {
    this.channel = channel;
    this.sequence = last.sequence();
    this.tip = last.tip();
  }

  private record Slot(long sequence, Tip tip) {}

  /** A new file that says {@link Tip#NONE}. */
  public static void create(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(2 * BLOCK);
    encode(new Slot(0, Tip.NONE), content);
    DurableFiles.replace(file, content.array());
  }

  /**
   * Opens a file that {@link #create} made.
   *
   * @throws RefusedException when there is none or neither slot is readable
   */
  public static TipFile open(Path file) throws IOException {
    try {
      Optional<Slot> last = newest(Files.readAllBytes(file));
      if (last.isEmpty()) {
        throw RefusedException.damaged(
            Objects.requireNonNull(file.getParent()),
            file
                + " is damaged: it no longer says which entry of the ledger is the last one that"
                + " was acknowledged.");
      }
      return new TipFile(FileChannel.open(file, StandardOpenOption.WRITE), last.get());
    } catch (NoSuchFileException e) {
      throw RefusedException.damaged(
          Objects.requireNonNull(file.getParent()),
          file
              + " is missing: it says which entry of the ledger is the last one that was"
              + " acknowledged.");
    }
  }

  /** What was last written. */
  public Tip tip() {
    return tip;
  }

  /** Writes a later tip; when this returns, it is on the disk. */
  public void write(Tip next) throws IOException {
    if (next.index() <= tip.index()) {
      throw new IllegalArgumentException("the tip goes from " + tip + " back to " + next);
    }
    long nextSequence = sequence + 1;
    buffer.clear();
    encode(new Slot(nextSequence, next), buffer);
    buffer.flip();
    long position = (nextSequence % 2) * BLOCK;
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
    channel.force(false);
    sequence = nextSequence;
    tip = next;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void encode(Slot slot, ByteBuffer target) {
    int start = target.position();
    target.putLong(MAGIC).putLong(slot.sequence());
    target.putLong(slot.tip().term()).putLong(slot.tip().index());
    target.putInt(checksum(target, start));
  }

  private static int checksum(ByteBuffer bytes, int start) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(start).limit(start + 4 * Long.BYTES));
    return (int) crc.getValue();
  }

  private static Optional<Slot> newest(byte[] content) {
    Optional<Slot> first = decode(content, 0);
    Optional<Slot> second = decode(content, BLOCK);
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return first.get().sequence() > second.get().sequence() ? first : second;
  }

  private static Optional<Slot> decode(byte[] content, int start) {
    if (content.length < start + SLOT) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).position(start);
    int expected = checksum(bytes, start);
    long magic = bytes.getLong();
    Slot slot = new Slot(bytes.getLong(), new Tip(bytes.getLong(), bytes.getLong()));
    return magic == MAGIC && bytes.getInt() == expected ? Optional.of(slot) : Optional.empty();
  }
}
