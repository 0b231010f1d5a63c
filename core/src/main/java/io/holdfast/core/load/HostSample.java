package io.holdfast.core.load;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One reading of a host. Ratios are 0 to 1, sizes bytes, rates per second over the time since the
 * reading before. What is not known is left out, never shown as zero.
 *
 * @param cpuBusyRatio share of the time since the reading before in which the processors were
 *     neither idle nor waiting for a disk; empty in the first sample
 * @param load1m load average of one minute
 * @param cpus processors that are online
 * @param memoryAvailableBytes what programs can still get without swapping
 * @param disks real disks, from their second reading on
 * @param fileSystems real file systems that answer, each once
 * @param networks interfaces but the loopback, from their second reading on
 * @param cpuTemperatureCelsius empty where the host has no such sensor
 * @param uptimeMillis since the host's boot
 */
public record HostSample(
    OptionalDouble cpuBusyRatio,
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
  public HostSample {
    disks = List.copyOf(disks);
    fileSystems = List.copyOf(fileSystems);
    networks = List.copyOf(networks);
  }

  /**
   * A disk, not a partition.
   *
   * @param busyRatio share of the time in which at least one request was under way
   */
  public record Disk(
      String name, double readBytesPerSecond, double writeBytesPerSecond, double busyRatio) {}

  /**
   * A mounted file system.
   *
   * @param availableBytes for users other than root
   * @param readOnly mounted read-only, or made so by the kernel after an error
   */
  public record FileSystem(
      String mount, String type, long totalBytes, long availableBytes, boolean readOnly) {}

  /**
   * A network interface.
   *
   * @param errorsPerSecond receive and transmit errors together
   * @param carrier the link is up
   */
  public record Network(
      String name,
      double receiveBytesPerSecond,
      double transmitBytesPerSecond,
      double errorsPerSecond,
      boolean carrier) {}
}
