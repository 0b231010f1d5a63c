package io.holdfast.agent.observe.oshi;

import java.util.List;

/**
 * What a host is made of; it does not change while the agent runs. A text that the host does not
 * tell is empty.
 *
 * @param operatingSystem name and version for people
 * @param kernel release of the kernel
 * @param logicalCpus processors that programs see
 * @param manufacturer of the machine
 * @param model of the machine
 */
public record Inventory(
    String operatingSystem,
    String kernel,
    String cpu,
    int physicalCpus,
    int logicalCpus,
    long memoryBytes,
    String manufacturer,
    String model,
    List<Disk> disks) {

  /** Copies the list. */
  public Inventory {
    disks = List.copyOf(disks);
  }

  /**
   * A disk of the host.
   *
   * @param name as in {@code /proc/diskstats}
   */
  public record Disk(String name, String model, String serial, long bytes) {}
}
