package io.holdfast.agent.link;

import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.wire.ReasonMapping;
import io.holdfast.wire.VerdictMapping;

/** Writes a heartbeat's message. */
final class HeartbeatWriter {
  private HeartbeatWriter() {}

  static Heartbeat write(HeartbeatContent content) {
    Heartbeat.Builder message =
        Heartbeat.newBuilder()
            .setWallMillis(content.at().wallMillis())
            .setBootMillis(content.at().bootMillis());
    content.sample().ifPresent(sample -> message.setSample(sample(sample)));
    content.services().forEach(service -> message.addVerdicts(service(service)));
    return message.build();
  }

  private static ServiceVerdict service(HeartbeatContent.ServiceReading reading) {
    return ServiceVerdict.newBuilder()
        .setService(reading.service())
        .setVerdict(VerdictMapping.toProto(reading.verdict()))
        .addAllReasons(ReasonMapping.toProto(reading.reasons()))
        .setSinceWallMillis(reading.sinceWallMillis())
        .setPid(reading.pid().orElse(0))
        .setHealing(reading.healing())
        .build();
  }

  private static HostSample sample(HeartbeatContent.Sample sample) {
    HostSample.Builder message =
        HostSample.newBuilder()
            .setCpuBusyRatio(sample.cpuBusyRatio())
            .setLoad1M(sample.load1m())
            .setCpus(sample.cpus())
            .setMemoryTotalBytes(sample.memoryTotalBytes())
            .setMemoryAvailableBytes(sample.memoryAvailableBytes())
            .setSwapTotalBytes(sample.swapTotalBytes())
            .setSwapFreeBytes(sample.swapFreeBytes())
            .setUptimeMillis(sample.uptimeMillis());
    sample.disks().forEach(disk -> message.addDisks(disk(disk)));
    sample.fileSystems().forEach(system -> message.addFileSystems(fileSystem(system)));
    sample.networks().forEach(network -> message.addNetworks(network(network)));
    sample.cpuTemperatureCelsius().ifPresent(message::setCpuTemperatureCelsius);
    return message.build();
  }

  private static HostSample.Disk disk(HeartbeatContent.Disk disk) {
    return HostSample.Disk.newBuilder()
        .setName(disk.name())
        .setReadBytesPerSecond(disk.readBytesPerSecond())
        .setWriteBytesPerSecond(disk.writeBytesPerSecond())
        .setBusyRatio(disk.busyRatio())
        .build();
  }

  private static HostSample.FileSystem fileSystem(HeartbeatContent.FileSystem system) {
    return HostSample.FileSystem.newBuilder()
        .setMount(system.mount())
        .setType(system.type())
        .setTotalBytes(system.totalBytes())
        .setAvailableBytes(system.availableBytes())
        .setReadOnly(system.readOnly())
        .build();
  }

  private static HostSample.Network network(HeartbeatContent.Network network) {
    return HostSample.Network.newBuilder()
        .setName(network.name())
        .setReceiveBytesPerSecond(network.receiveBytesPerSecond())
        .setTransmitBytesPerSecond(network.transmitBytesPerSecond())
        .setErrorsPerSecond(network.errorsPerSecond())
        .setCarrier(network.carrier())
        .build();
  }
}
