package io.holdfast.agent.observe.linux;

import java.util.OptionalDouble;

/**
 * The processors' clock ticks since boot, of {@code /proc/stat}.
 *
 * @param idle idle or waiting for a disk
 * @param total all of them (guests are counted within user already)
 */
record CpuTimes(long idle, long total, int cpus) {
  private static final int USER_TO_STEAL = 8;

  static CpuTimes parse(String stat) {
    Fields fields = new Fields(stat);
    if (!fields.word().equals("cpu")) {
      throw new IllegalArgumentException("proc/stat does not begin with 'cpu'");
    }
    long total = 0;
    long idle = 0;
    for (int i = 0; i < USER_TO_STEAL && fields.hasWord(); i++) {
      long ticks = fields.number();
      total += ticks;
      if (i == 3 || i == 4) {
        idle += ticks;
      }
    }
    int cpus = 0;
    for (fields.nextLine(); fields.startsWith("cpu"); fields.nextLine()) {
      cpus++;
    }
    return new CpuTimes(idle, total, cpus);
  }

  /** Empty if no tick has passed. Waiting for a disk may count backwards, hence the bounds. */
  OptionalDouble busyRatioSince(CpuTimes before) {
    long passed = total - before.total;
    if (passed <= 0) {
      return OptionalDouble.empty();
    }
    double busy = 1 - (double) (idle - before.idle) / passed;
    return OptionalDouble.of(Math.clamp(busy, 0.0, 1.0));
  }
}
