package io.holdfast.collector.door;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How many connections this process has room for: by its heap, and by the files that it may open.
 *
 * @param heapBytes most bytes of the heap
 * @param files most open files of the process
 */
public record Room(long heapBytes, long files) {
  /** Files that the rest of the process needs: libraries, ledger, page. */
  private static final int OTHER_FILES = 256;

  /** A stream of an agent takes some 100 KiB; the rest of the heap is not the ports' alone. */
  private static final long BYTES_PER_AGENT = 176 * 1024;

  private static final long BYTES_PER_CALLER = 1024 * 1024;
  private static final long BYTES_PER_STRANGER = 256 * 1024;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final int FEWEST = 32;
  private static final int MOST_AGENTS = 12_000;
  private static final int MOST_CALLERS = 1_024;
  private static final int MOST_STRANGERS = 1_024;

  /** The room of this very process. */
  public static Room ofThisProcess() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    return new Room(Runtime.getRuntime().maxMemory(), files);
  }

  /** The bounds of the agents' port, where everyone needs a certificate. */
  public DoorRules agents() {
    return new DoorRules(
        "agents' port",
        strangers(),
        share(4, BYTES_PER_AGENT, MOST_AGENTS),
        0,
        4,
        0,
        FIRST,
        Duration.ofSeconds(10),
        Duration.ZERO);
  }

  /** The bounds of the operators' port. */
  public DoorRules operators() {
    int callers = share(16, BYTES_PER_CALLER, MOST_CALLERS);
    return new DoorRules(
        "operators' port",
        strangers(),
        callers,
        callers,
        callers / 2,
        callers / 2,
        FIRST,
        Duration.ofSeconds(60),
        Duration.ofSeconds(20));
  }

  private int strangers() {
    return share(16, BYTES_PER_STRANGER, MOST_STRANGERS);
  }

  /** Half of the files are the agents', an eighth each the strangers' of both ports and callers. */
  private int share(int part, long bytesEach, int most) {
    long byHeap = heapBytes / bytesEach;
    long byFiles = 2 * (files - OTHER_FILES) / part;
    return (int) Math.clamp(Math.min(byHeap, byFiles), FEWEST, most);
  }
}
