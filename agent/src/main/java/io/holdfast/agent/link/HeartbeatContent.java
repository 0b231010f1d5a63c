package io.holdfast.agent.link;

import io.holdfast.core.Moment;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a heartbeat says. Ratios are 0 to 1, sizes bytes, rates per second.
 *
 * @param sample empty while the host was not sampled yet
 */
public record HeartbeatContent(Moment at, Optional<Sample> sample, List<ServiceReading> services) {

  /** Copies the list. */
  public HeartbeatContent {
    services = List.copyOf(services);
  }

  /**
   * A service as the agent sees it.
   *
   * @param sinceWallMillis when the verdict became what it is
   * @param pid of its main process; empty: none is known
   * @param healing whether a healing action is under way
   */
  public record ServiceReading(
      String service,
      Verdict verdict,
      List<Reason> reasons,
      long sinceWallMillis,
      OptionalLong pid,
      boolean healing) {
    /** Copies the list. */
    public ServiceReading {
      reasons = List.copyOf(reasons);
    }
  }

  /** The host's resources. */
  public record Sample(
      double cpuBusyRatio,
      double load1m,
      int cpus,
      long memoryTotalBytes,
      long memoryAvailableBytes,
      long swapTotalBytes,
      long swapFreeBytes,
      List<Disk> disks,
      List<FileSystem> fileSystems,
      List<Network> networks,
      OptionalDouble cpuTemperatureCelsius,
      long uptimeMillis) {
    /** Copies the lists. */
    public Sample {
      disks = List.copyOf(disks);
      fileSystems = List.copyOf(fileSystems);
      networks = List.copyOf(networks);
    }
  }

  /** A block device. */
  public record Disk(
      String name, double readBytesPerSecond, double writeBytesPerSecond, double busyRatio) {}

  /** A mounted file system. */
  public record FileSystem(
      String mount, String type, long totalBytes, long availableBytes, boolean readOnly) {}

  /** A network interface. */
  public record Network(
      String name,
      double receiveBytesPerSecond,
      double transmitBytesPerSecond,
      double errorsPerSecond,
      boolean carrier) {}
}
