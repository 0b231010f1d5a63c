package io.holdfast.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How bytes reach the disk; tests let it fail. */
interface DiskWrites {

  /** Writes all that remains in the buffer at this position. */
  void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;

  /** Returns once everything written is on the disk. */
  void force(FileChannel channel) throws IOException;

  /** The real ones. */
  static DiskWrites real() {
    return new DiskWrites() {
      @Override
      public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
      }

      @Override
      public void force(FileChannel channel) throws IOException {
        channel.force(true);
      }
    };
  }
}
