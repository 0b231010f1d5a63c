package io.holdfast.collector.fleet;

import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.v1.LoadPoint;
import java.util.Arrays;
import java.util.OptionalDouble;

/** What is kept of a host's load. */
enum Measure {
  CPU_BUSY {
    @Override
    OptionalDouble read(HostSample sample) {
      return sample.hasCpuBusyRatio() ? ratio(sample.getCpuBusyRatio(), 1) : OptionalDouble.empty();
    }

    @Override
    void put(LoadPoint.Builder point, double value) {
      point.setCpuBusyRatio(rounded(value));
    }
  },
  MEMORY_USED {
    @Override
    OptionalDouble read(HostSample sample) {
      long total = sample.getMemoryTotalBytes();
      return ratio(total - sample.getMemoryAvailableBytes(), total);
    }

    @Override
    void put(LoadPoint.Builder point, double value) {
      point.setMemoryUsedRatio(rounded(value));
    }
  },
  DISK_USED {
    @Override
    OptionalDouble read(HostSample sample) {
      return sample.getFileSystemsList().stream()
          .map(system -> ratio(used(system), system.getTotalBytes()))
          .flatMapToDouble(OptionalDouble::stream)
          .max();
    }

    @Override
    void put(LoadPoint.Builder point, double value) {
      point.setDiskUsedRatio(rounded(value));
    }
  },
  DISK_BUSY {
    @Override
    OptionalDouble read(HostSample sample) {
      return sample.getDisksList().stream()
          .map(disk -> ratio(disk.getBusyRatio(), 1))
          .flatMapToDouble(OptionalDouble::stream)
          .max();
    }

    @Override
    void put(LoadPoint.Builder point, double value) {
      point.setDiskBusyRatio(rounded(value));
    }
  },
  NETWORK {
    @Override
    OptionalDouble read(HostSample sample) {
      double[] rates =
          sample.getNetworksList().stream()
              .filter(network -> !network.getName().equals("lo"))
              .mapToDouble(Measure::bytesPerSecond)
              .filter(rate -> Double.isFinite(rate) && rate >= 0)
              .toArray();
      return rates.length == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Arrays.stream(rates).sum());
    }

    @Override
    void put(LoadPoint.Builder point, double value) {
      point.setNetworkBytesPerSecond(Math.rint(value));
    }
  };

  /** What the sample says; empty where it says nothing, or nothing that can be. */
  abstract OptionalDouble read(HostSample sample);

  abstract void put(LoadPoint.Builder point, double value);

  private static OptionalDouble ratio(double part, double whole) {
    double ratio = part / whole;
    return whole > 0 && Double.isFinite(ratio)
        ? OptionalDouble.of(Math.clamp(ratio, 0.0, 1.0))
        : OptionalDouble.empty();
  }

  private static double used(HostSample.FileSystem system) {
    return (double) system.getTotalBytes() - system.getAvailableBytes();
  }

  private static double bytesPerSecond(HostSample.Network network) {
    return network.getReceiveBytesPerSecond() + network.getTransmitBytesPerSecond();
  }

  /** More digits than anybody sees would only lengthen the answers. */
  private static double rounded(double ratio) {
    return Math.rint(ratio * 10_000) / 10_000;
  }
}
