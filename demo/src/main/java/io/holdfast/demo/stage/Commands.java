package io.holdfast.demo.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Short commands that are waited for. */
final class Commands {

  /** Debian keeps useradd and its like where an ordinary user's PATH does not look. */
  private static final String PATH =
      System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";

  private Commands() {}

  /**
   * Runs a command to its end and returns what it wrote.
   *
   * @param purpose completes the sentence "cannot ..." when it fails
   */
  static String run(List<String> command, String purpose) {
    return run(command, purpose, Map.of());
  }

  static String run(List<String> command, String purpose, Map<String, String> environment) {
    return finish(start(command, purpose, environment), purpose);
  }

  static Process start(List<String> command, String purpose, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", PATH);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw StageException.failed("cannot " + purpose + ": " + e.getMessage(), e);
    }
  }

  static String finish(Process process, String purpose) {
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw StageException.failed(
            "cannot %s: the command ended with %d\n%s".formatted(purpose, code, output.strip()));
      }
      return output;
    } catch (IOException e) {
      throw StageException.failed("cannot " + purpose + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StageException.failed("interrupted: " + purpose, e);
    }
  }
}
