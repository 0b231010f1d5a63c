package io.holdfast.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program said, and how it ended.
 *
 * @param code its exit code
 * @param text both of its outputs
 */
record Said(int code, String text) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static Said by(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
