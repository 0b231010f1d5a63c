package io.holdfast.agent.observe.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * Milliseconds of the kernel's boot clock: monotonic, and counting suspension.
 *
 * <p>Java reaches that clock only through {@code /proc/uptime}, which is cut to hundredths of a
 * second, while {@link System#nanoTime} is fine-grained but stands still in suspension. Each
 * reading therefore raises the distance between the two when the file is ahead, and never lowers
 * it: the result never goes back, is never ahead of the true boot clock, and less than 10 ms behind
 * it. The file stays open; a reading is one system call of about a microsecond and never waits for
 * a disk, so the event loop may make it.
 */
public final class BootClock implements AutoCloseable {
  private static final long NANOS_PER_CENTISECOND = 10_000_000;

  private final FileChannel uptime;
  private final LongSupplier nanoTime;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
  private long distance = Long.MIN_VALUE;

  /**
   * The clock of this host.
   *
   * @throws UncheckedIOException if {@code /proc/uptime} cannot be opened
   */
  public BootClock() {
    this(Path.of("/proc/uptime"), System::nanoTime);
  }

  BootClock(Path uptime, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    try {
      this.uptime = FileChannel.open(uptime, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new UncheckedIOException(uptime + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Milliseconds since the host's boot, never less than an earlier answer.
   *
   * @throws UncheckedIOException if {@code /proc/uptime} cannot be read any more
   */
  public synchronized long millis() {
    long boot = readCentiseconds() * NANOS_PER_CENTISECOND;
    long nanos = nanoTime.getAsLong();
    if (distance == Long.MIN_VALUE || boot - nanos > distance) {
      distance = boot - nanos;
    }
    return (nanos + distance) / 1_000_000;
  }

  /** The file reads {@code 1379.93 2592.64}: the first number counts. */
  private long readCentiseconds() {
    buffer.clear();
    try {
      uptime.read(buffer, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("proc/uptime cannot be read: " + e.getMessage(), e);
    }
    buffer.flip();
    long centiseconds = 0;
    while (buffer.hasRemaining()) {
      byte b = buffer.get();
      if (b >= '0' && b <= '9') {
        centiseconds = centiseconds * 10 + (b - '0');
      } else if (b != '.') {
        break;
      }
    }
    return centiseconds;
  }

  @Override
  public void close() {
    try {
      uptime.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
