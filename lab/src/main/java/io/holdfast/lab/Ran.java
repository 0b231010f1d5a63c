package io.holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param command its words
 * @param exitCode 0 to 255
 * @param out what it wrote to its standard output
 * @param error what it wrote to its standard error
 */
public record Ran(List<String> command, int exitCode, String out, String error) {

  public Ran {
    command = List.copyOf(command);
  }

  /**
   * The output without white space around it.
   *
   * @throws LabException when the command ended with another code than 0; the message has all it
   *     said
   */
  public String outOrThrow() {
    if (exitCode != 0) {
      throw new LabException(
          "%s ended with %d%n%s%s".formatted(String.join(" ", command), exitCode, out, error));
    }
    return out.strip();
  }

  /** Runs a command to its end, in a directory, with nothing to read; kills it at the limit. */
  static Ran of(Path directory, Duration limit, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
      process.getOutputStream().close();
      var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
      var error = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new LabException(
            "no end after %d s: %s".formatted(limit.toSeconds(), String.join(" ", command)));
      }
      return new Ran(command, process.exitValue(), out.join(), error.join());
    } catch (IOException e) {
      throw new LabException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted in " + String.join(" ", command), e);
    }
  }

  private static String text(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
