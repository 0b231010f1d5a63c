package io.holdfast.agent.observe.linux;

/** The figures of {@code /proc/meminfo} that are of use, in bytes. */
record Memory(long total, long available, long swapTotal, long swapFree) {

  static Memory parse(String meminfo) {
    long total = 0;
    long available = -1;
    long swapTotal = 0;
    long swapFree = 0;
    for (Fields line = new Fields(meminfo); !line.atEnd(); line.nextLine()) {
      if (line.startsWith("MemTotal:")) {
        total = bytes(line);
      } else if (line.startsWith("MemAvailable:")) {
        available = bytes(line);
      } else if (line.startsWith("SwapTotal:")) {
        swapTotal = bytes(line);
      } else if (line.startsWith("SwapFree:")) {
        swapFree = bytes(line);
      }
    }
    if (total <= 0 || available < 0) {
      throw new IllegalArgumentException("proc/meminfo lacks MemTotal or MemAvailable");
    }
    return new Memory(total, available, swapTotal, swapFree);
  }

  private static long bytes(Fields line) {
    line.skip(1);
    return line.number() * 1024;
  }
}
