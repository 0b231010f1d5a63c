package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of the system that is set beside ours.
 *
 * @param path where it is
 * @param name one word, as its package is called
 */
record Program(Path path, String name) {

  private static final Pattern VERSION = Pattern.compile("version:? ([0-9][0-9.]*)");

  /** As the launcher says it; an error with exit code 2 when it does not. */
  static Program ofProperty(String property, String name) {
    Path path = Path.of(System.getProperty(property, ""));
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw StageException.notReady(
          name
              + " is needed, and the system property "
              + property
              + " names no program: start it"
              + " with ./holdfast bench");
    }
    return new Program(path, name);
  }

  /** Its version, as it says it itself. */
  String version(String option) {
    try {
      Process process =
          new ProcessBuilder(path.toString(), option).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return versionIn(text);
    } catch (IOException e) {
      throw StageException.failed("cannot ask " + path + " for its version: " + e.getMessage(), e);
    }
  }

  /** The version in what a program says of itself. */
  static String versionIn(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find() ? matcher.group(1) : "of an unknown version";
  }
}
