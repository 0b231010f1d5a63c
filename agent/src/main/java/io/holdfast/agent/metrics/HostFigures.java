package io.holdfast.agent.metrics;

import io.holdfast.core.load.HostSample;
import io.holdfast.metrics.Catalog;
import io.holdfast.metrics.Rows;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The host's newest sample; nothing of it is shown while there is none. */
final class HostFigures {
  private static final List<String> DEVICE = List.of("device");
  private static final List<String> MOUNT = List.of("mount");

  private final Catalog<AgentReading> catalog;

  private HostFigures(Catalog<AgentReading> catalog) {
    this.catalog = catalog;
  }

  static void addTo(Catalog<AgentReading> catalog) {
    HostFigures figures = new HostFigures(catalog);
    figures.whole();
    figures.disks();
    figures.networks();
  }

  private void whole() {
    value(
        "cpu_busy_ratio",
        "Share of the last second in which the processors were neither idle nor waiting.",
        host -> host.cpuBusyRatio().orElse(Double.NaN));
    value("cpus", "Processors that are online.", HostSample::cpus);
    value(
        "cpu_temperature_celsius",
        "Temperature of the processor, where there is a sensor.",
        host -> host.cpuTemperatureCelsius().orElse(Double.NaN));
    value("load1", "Load average of one minute.", HostSample::load1m);
    value("memory_total_bytes", "Memory of the host.", HostSample::memoryTotalBytes);
    value(
        "memory_available_bytes",
        "Memory that programs can still get without swapping.",
        HostSample::memoryAvailableBytes);
    value("swap_total_bytes", "Swap space.", HostSample::swapTotalBytes);
    value("swap_free_bytes", "Swap space that is free.", HostSample::swapFreeBytes);
    value("uptime_seconds", "Time since the host's boot.", host -> host.uptimeMillis() / 1e3);
  }

  private void disks() {
    each(
        "disk_read_bytes_per_second",
        "Read in the last second.",
        DEVICE,
        disk(d -> d.readBytesPerSecond()));
    each(
        "disk_write_bytes_per_second",
        "Written in the last second.",
        DEVICE,
        disk(d -> d.writeBytesPerSecond()));
    each(
        "disk_busy_ratio",
        "Share of the last second in which at least one request was under way.",
        DEVICE,
        disk(d -> d.busyRatio()));
    each("filesystem_size_bytes", "Size of the file system.", MOUNT, mount(fs -> fs.totalBytes()));
    each(
        "filesystem_available_bytes",
        "Free for users other than root.",
        MOUNT,
        mount(fs -> fs.availableBytes()));
    each(
        "filesystem_readonly",
        "Whether it is mounted read-only, or the kernel made it so: 1 or 0.",
        MOUNT,
        mount(fs -> fs.readOnly() ? 1 : 0));
  }

  private void networks() {
    each(
        "network_receive_bytes_per_second",
        "Received in the last second.",
        DEVICE,
        network(n -> n.receiveBytesPerSecond()));
    each(
        "network_transmit_bytes_per_second",
        "Sent in the last second.",
        DEVICE,
        network(n -> n.transmitBytesPerSecond()));
    each(
        "network_errors_per_second",
        "Errors of both directions in the last second.",
        DEVICE,
        network(n -> n.errorsPerSecond()));
    each(
        "network_carrier",
        "Whether the link is up: 1 or 0.",
        DEVICE,
        network(n -> n.carrier() ? 1 : 0));
  }

  private void value(String name, String help, ToDoubleFunction<HostSample> value) {
    each(name, help, List.of(), (host, rows) -> rows.add(value.applyAsDouble(host)));
  }

  private void each(
      String name, String help, List<String> labels, BiConsumer<HostSample, Rows> rows) {
    catalog.gauges(
        "holdfast_host_" + name,
        help,
        labels,
        (agent, all) -> agent.sample().ifPresent(host -> rows.accept(host, all)));
  }

  private static BiConsumer<HostSample, Rows> disk(ToDoubleFunction<HostSample.Disk> value) {
    return rows(HostSample::disks, HostSample.Disk::name, value);
  }

  private static BiConsumer<HostSample, Rows> mount(ToDoubleFunction<HostSample.FileSystem> value) {
    return rows(HostSample::fileSystems, HostSample.FileSystem::mount, value);
  }

  private static BiConsumer<HostSample, Rows> network(ToDoubleFunction<HostSample.Network> value) {
    return rows(HostSample::networks, HostSample.Network::name, value);
  }

  private static <T> BiConsumer<HostSample, Rows> rows(
      Function<HostSample, List<T>> parts, Function<T, String> name, ToDoubleFunction<T> value) {
    return (host, rows) ->
        parts.apply(host).forEach(part -> rows.add(value.applyAsDouble(part), name.apply(part)));
  }
}
