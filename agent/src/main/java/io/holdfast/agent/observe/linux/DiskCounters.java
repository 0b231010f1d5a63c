package io.holdfast.agent.observe.linux;

import io.holdfast.core.load.HostSample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What one disk has done since boot, of {@code /proc/diskstats}. */
record DiskCounters(long sectorsRead, long sectorsWritten, long busyMillis) {
  /** In this file always 512 bytes, whatever the disk's own sectors are. */
  private static final double SECTOR_BYTES = 512;

  /** By name, of those disks that {@code wanted} takes. */
  static Map<String, DiskCounters> parse(String diskstats, Predicate<String> wanted) {
    Map<String, DiskCounters> disks = new HashMap<>();
    for (Fields line = new Fields(diskstats); !line.atEnd(); line.nextLine()) {
      line.skip(2);
      String name = line.word();
      if (!name.isEmpty() && wanted.test(name)) {
        disks.put(name, parseCounters(line));
      }
    }
    return disks;
  }

  private static DiskCounters parseCounters(Fields line) {
    line.skip(2);
    long read = line.number();
    line.skip(3);
    long written = line.number();
    line.skip(2);
    return new DiskCounters(read, written, line.number());
  }

  /** Empty if the counters began anew, as those of a disk that was pulled and put back do. */
  Optional<HostSample.Disk> ratesSince(DiskCounters before, String name, double seconds) {
    long read = sectorsRead - before.sectorsRead;
    long written = sectorsWritten - before.sectorsWritten;
    long busy = busyMillis - before.busyMillis;
    if (read < 0 || written < 0 || busy < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new HostSample.Disk(
            name,
            read * SECTOR_BYTES / seconds,
            written * SECTOR_BYTES / seconds,
            Math.min(1, busy / 1000.0 / seconds)));
  }
}
