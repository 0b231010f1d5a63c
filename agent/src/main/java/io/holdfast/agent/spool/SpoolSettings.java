package io.holdfast.agent.spool;

import java.nio.file.Path;

/**
 * Where the spool is and how large it may become.
 *
 * @param directory its own; made when it is not there
 * @param maxBytes of its files, 64 KiB to 256 MiB; while it is compacted it needs up to the same
 *     again
 */
public record SpoolSettings(Path directory, long maxBytes) {
  /** The least bound. */
  public static final long MIN_BYTES = 64L * 1024;

  /** The greatest bound. */
  public static final long MAX_BYTES = 256L * 1024 * 1024;

  /** Checks the range. */
  public SpoolSettings {
    if (maxBytes < MIN_BYTES || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the spool's size is " + maxBytes + " bytes; allowed: 64KiB to 256MiB");
    }
  }

  /** A new file is begun beyond this, so that acknowledged events can be dropped file by file. */
  long segmentBytes() {
    return maxBytes / 8;
  }

  /** Of events that cannot be written. */
  long heldBytes() {
    return Math.min(maxBytes / 2, 1024 * 1024);
  }
}
