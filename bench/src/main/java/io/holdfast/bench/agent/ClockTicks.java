package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The unit in which the kernel counts CPU time. */
final class ClockTicks {

  private ClockTicks() {}

  static long perSecond() {
    try {
      Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Long.parseLong(text.strip());
    } catch (IOException | NumberFormatException e) {
      throw StageException.failed("cannot ask getconf for CLK_TCK: " + e.getMessage(), e);
    }
  }
}
