package io.holdfast.agent.observe.linux;

import io.holdfast.core.load.HostSample;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@link HostSample} of each tick. It blocks on files: a worker calls it, not the event
 * loop. Calls exclude each other.
 */
public final class Sampler implements AutoCloseable {
  private final KernelFiles files;
  private final FileSystemSpace space;
  private final Supplier<OptionalDouble> cpuTemperature;
  private final LongSupplier nanoTime;
  private final Map<String, Boolean> realDisks = new HashMap<>();

  private @Nullable CpuTimes cpuBefore;
  private Map<String, DiskCounters> disksBefore = Map.of();
  private Map<String, NetworkCounters> networksBefore = Map.of();
  private long nanosBefore;

  /**
   * Samples this host.
   *
   * @param cpuTemperature in degrees Celsius; asked once a sample, empty where there is no sensor
   */
  public Sampler(Supplier<OptionalDouble> cpuTemperature) {
    this(
        new KernelFiles(Path.of("/")),
        new FileSystemSpace(Sampler::statvfs),
        cpuTemperature,
        System::nanoTime);
  }

  Sampler(
      KernelFiles files,
      FileSystemSpace space,
      Supplier<OptionalDouble> cpuTemperature,
      LongSupplier nanoTime) {
    this.files = files;
    this.space = space;
    this.cpuTemperature = cpuTemperature;
    this.nanoTime = nanoTime;
  }

  /** {@code java.nio.file.FileStore} would read all mounts for each one: this is the call alone. */
  private static FileSystemSpace.Space statvfs(String mount) {
    File point = new File(mount);
    return new FileSystemSpace.Space(point.getTotalSpace(), point.getUsableSpace());
  }

  /**
   * One reading.
   *
   * @throws UncheckedIOException if a file that every Linux has cannot be read
   * @throws IllegalArgumentException if such a file is not in the known form
   */
  public synchronized HostSample sample() {
    long nanos = nanoTime.getAsLong();
    double seconds = (nanos - nanosBefore) / 1e9;
    CpuTimes cpu = CpuTimes.parse(files.text("proc/stat"));
    Memory memory = Memory.parse(files.text("proc/meminfo"));
    OptionalDouble busy =
        cpuBefore == null ? OptionalDouble.empty() : cpu.busyRatioSince(cpuBefore);
    HostSample sample =
        new HostSample(
            busy,
            firstNumber("proc/loadavg"),
            cpu.cpus(),
            memory.total(),
            memory.available(),
            memory.swapTotal(),
            memory.swapFree(),
            disks(seconds),
            fileSystems(),
            networks(seconds),
            cpuTemperature.get(),
            (long) (firstNumber("proc/uptime") * 1000));
    cpuBefore = cpu;
    nanosBefore = nanos;
    return sample;
  }

  private double firstNumber(String path) {
    return Double.parseDouble(new Fields(files.text(path)).word());
  }

  private List<HostSample.Disk> disks(double seconds) {
    Map<String, DiskCounters> now =
        DiskCounters.parse(files.textIfPresent("proc/diskstats").orElse(""), this::isRealDisk);
    List<HostSample.Disk> disks = new ArrayList<>(now.size());
    now.forEach(
        (name, counters) -> {
          DiskCounters before = disksBefore.get(name);
          if (before != null) {
            counters.ratesSince(before, name, seconds).ifPresent(disks::add);
          }
        });
    disksBefore = now;
    return disks;
  }

  /** Partitions, loop, RAM and device-mapper disks have no device behind them in {@code /sys}. */
  private boolean isRealDisk(String name) {
    return realDisks.computeIfAbsent(
        name, n -> files.exists("sys/block/" + n.replace('/', '!') + "/device"));
  }

  private List<HostSample.FileSystem> fileSystems() {
    List<HostSample.FileSystem> fileSystems = new ArrayList<>();
    for (Mount mount : Mount.parse(files.text("proc/self/mountinfo"))) {
      space
          .of(mount.point())
          .ifPresent(
              s ->
                  fileSystems.add(
                      new HostSample.FileSystem(
                          mount.point(),
                          mount.type(),
                          s.total(),
                          s.available(),
                          mount.readOnly())));
    }
    return fileSystems;
  }

  private List<HostSample.Network> networks(double seconds) {
    Map<String, NetworkCounters> now =
        NetworkCounters.parse(files.textIfPresent("proc/net/dev").orElse(""));
    List<HostSample.Network> networks = new ArrayList<>(now.size());
    now.forEach(
        (name, counters) -> {
          NetworkCounters before = networksBefore.get(name);
          if (before != null) {
            counters.ratesSince(before, name, seconds, carrier(name)).ifPresent(networks::add);
          }
        });
    networksBefore = now;
    return networks;
  }

  /** An interface that is down refuses the question: it has no carrier. */
  private boolean carrier(String network) {
    return files
        .textIfPresent("sys/class/net/" + network + "/carrier")
        .map(text -> text.startsWith("1"))
        .orElse(false);
  }

  @Override
  public void close() {
    space.close();
  }
}
