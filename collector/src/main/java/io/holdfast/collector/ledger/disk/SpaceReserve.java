package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Space on the ledger's disk: a least amount that must be free, and a file that can be given up so
 * that the next start has room.
 */
public final class SpaceReserve {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final long bytes;
  private final long freeMin;
  private final FileStore store;

  /**
   * For the disk that {@code file} lies on.
   *
   * @param bytes size of the reserve; 0: none
   * @param freeMin least bytes that must be free for the ledger to run; 0: not checked
   */
  public SpaceReserve(Path file, long bytes, long freeMin) throws IOException {
    this.file = file;
    this.bytes = bytes;
    this.freeMin = freeMin;
    this.store = Files.getFileStore(file.getParent());
  }

  /**
   * Makes the reserve when there is room for it.
   *
   * @throws RefusedException when less than the least amount is free even without it
   */
  public void claim() throws IOException {
    if (isShort()) {
      release();
    }
    if (isShort()) {
      throw new RefusedException(describe() + " Make room and start again.");
    }
    boolean whole = Files.exists(file) && Files.size(file) == bytes;
    if (!whole && bytes > 0 && store.getUsableSpace() - bytes >= freeMin) {
      fill();
    }
  }

  /** Gives the reserve up. */
  public void release() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Whether less than the least amount is free. */
  public boolean isShort() throws IOException {
    return freeMin > 0 && store.getUsableSpace() < freeMin;
  }

  /** What is short, for people. */
  public String describe() throws IOException {
    return "The disk of %s has %,d bytes free; the ledger needs %,d."
        .formatted(file.getParent(), store.getUsableSpace(), freeMin);
  }

  private void fill() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
      for (long left = bytes; left > 0; left -= zeros.limit()) {
        zeros.clear().limit((int) Math.min(CHUNK, left));
        channel.write(zeros);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
