package io.holdfast.agent.link;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.load.HostSample;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.wire.ReasonMapping;
import io.holdfast.wire.VerdictMapping;

/** Writes a heartbeat's message. */
final class HeartbeatWriter {
  /** The collector takes no more; what comes later in the lists is not shown. */
  static final int MAX_VERDICTS = 4_096;

  /** Of disks, of file systems and of networks. */
  static final int MAX_DEVICES = 256;

  private HeartbeatWriter() {}

  static Heartbeat write(HeartbeatContent content) {
    Heartbeat.Builder message =
        Heartbeat.newBuilder()
            .setWallMillis(content.at().wallMillis())
            .setBootMillis(content.at().bootMillis());
    content.sample().ifPresent(sample -> message.setSample(sample(sample)));
    content.services().stream()
        .limit(MAX_VERDICTS)
        .forEach(service -> message.addVerdicts(service(service, content.at())));
    return message.build();
  }

  private static ServiceVerdict service(ServiceView view, Moment at) {
    ServiceVerdict.Builder message = ServiceVerdict.newBuilder();
    view.answerMillis().ifPresent(message::setAnswerMillis);
    return message
        .setService(view.service())
        .setVerdict(VerdictMapping.toProto(view.verdict().verdict()))
        .addAllReasons(ReasonMapping.toProto(view.verdict().reasons()))
        .setSinceWallMillis(view.since().wallMillis())
        .setSinceAgoMillis(at.millisSince(view.since()))
        .setPid(view.pid())
        .setHealing(view.healing())
        .setJudgedWallMillis(view.judged().map(Moment::wallMillis).orElse(0L))
        .build();
  }

  private static io.holdfast.proto.agent.v1.HostSample sample(HostSample sample) {
    io.holdfast.proto.agent.v1.HostSample.Builder message =
        io.holdfast.proto.agent.v1.HostSample.newBuilder()
            .setLoad1M(sample.load1m())
            .setCpus(sample.cpus())
            .setMemoryTotalBytes(sample.memoryTotalBytes())
            .setMemoryAvailableBytes(sample.memoryAvailableBytes())
            .setSwapTotalBytes(sample.swapTotalBytes())
            .setSwapFreeBytes(sample.swapFreeBytes())
            .setUptimeMillis(sample.uptimeMillis());
    sample.cpuBusyRatio().ifPresent(message::setCpuBusyRatio);
    sample.disks().stream().limit(MAX_DEVICES).forEach(disk -> message.addDisks(disk(disk)));
    sample.fileSystems().stream()
        .limit(MAX_DEVICES)
        .forEach(system -> message.addFileSystems(fileSystem(system)));
    sample.networks().stream()
        .limit(MAX_DEVICES)
        .forEach(network -> message.addNetworks(network(network)));
    sample.cpuTemperatureCelsius().ifPresent(message::setCpuTemperatureCelsius);
    return message.build();
  }

  private static io.holdfast.proto.agent.v1.HostSample.Disk disk(HostSample.Disk disk) {
    return io.holdfast.proto.agent.v1.HostSample.Disk.newBuilder()
        .setName(disk.name())
        .setReadBytesPerSecond(disk.readBytesPerSecond())
        .setWriteBytesPerSecond(disk.writeBytesPerSecond())
        .setBusyRatio(disk.busyRatio())
        .build();
  }

  private static io.holdfast.proto.agent.v1.HostSample.FileSystem fileSystem(
      HostSample.FileSystem system) {
    return io.holdfast.proto.agent.v1.HostSample.FileSystem.newBuilder()
        .setMount(system.mount())
        .setType(system.type())
        .setTotalBytes(system.totalBytes())
        .setAvailableBytes(system.availableBytes())
        .setReadOnly(system.readOnly())
        .build();
  }

  private static io.holdfast.proto.agent.v1.HostSample.Network network(HostSample.Network network) {
    return io.holdfast.proto.agent.v1.HostSample.Network.newBuilder()
        .setName(network.name())
        .setReceiveBytesPerSecond(network.receiveBytesPerSecond())
        .setTransmitBytesPerSecond(network.transmitBytesPerSecond())
        .setErrorsPerSecond(network.errorsPerSecond())
        .setCarrier(network.carrier())
        .build();
  }
}
