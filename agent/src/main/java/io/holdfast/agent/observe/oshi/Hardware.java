package io.holdfast.agent.observe.oshi;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oshi.hardware.ComputerSystem;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.Sensors;
import oshi.nativefree.SystemInfo;
import oshi.software.os.OperatingSystem;

/**
 * The host's hardware through OSHI's backend without native code. Its calls take milliseconds (the
 * first ones more than a hundred): a worker makes them, not the event loop.
 */
public final class Hardware {
  private static final long TEMPERATURE_NANOS = 10_000_000_000L;

  private final SystemInfo system = new SystemInfo();

  /** Reads what the host is made of. */
  public Inventory inventory() {
    HardwareAbstractionLayer hardware = system.getHardware();
    OperatingSystem os = system.getOperatingSystem();
    ComputerSystem machine = hardware.getComputerSystem();
    return new Inventory(
        os.getFamily() + " " + os.getVersionInfo().getVersion(),
        known(os.getVersionInfo().getBuildNumber()),
        hardware.getProcessor().getProcessorIdentifier().getName(),
        hardware.getProcessor().getPhysicalProcessorCount(),
        hardware.getProcessor().getLogicalProcessorCount(),
        hardware.getMemory().getTotal(),
        known(machine.getManufacturer()),
        known(machine.getModel()),
        disks(hardware.getDiskStores()));
  }

  private static List<Inventory.Disk> disks(List<HWDiskStore> stores) {
    return stores.stream()
        .map(
            disk ->
                new Inventory.Disk(
                    disk.getName().replaceFirst("^/dev/", ""),
                    known(disk.getModel()),
                    known(disk.getSerial()),
                    disk.getSize()))
        .toList();
  }

  /** OSHI says "unknown" where the host is silent. */
  private static String known(@Nullable String text) {
    return text == null || text.equalsIgnoreCase("unknown") ? "" : text.strip();
  }

  /** The processor's temperature in degrees Celsius, read anew every ten seconds when asked. */
  public Supplier<OptionalDouble> cpuTemperature() {
    Sensors sensors = system.getHardware().getSensors();
    return rarely(sensors::getCpuTemperature, System::nanoTime);
  }

  static Supplier<OptionalDouble> rarely(Supplier<Double> sensor, LongSupplier nanoTime) {
    return new Supplier<>() {
      private @Nullable OptionalDouble last;
      private long readAt;

      @Override
      public synchronized OptionalDouble get() {
        long now = nanoTime.getAsLong();
        if (last == null || now - readAt >= TEMPERATURE_NANOS) {
          double celsius = sensor.get();
          // 0.0 is how OSHI says that there is no sensor.
          last = celsius > 0 ? OptionalDouble.of(celsius) : OptionalDouble.empty();
          readAt = now;
        }
        return last;
      }
    };
  }
}
