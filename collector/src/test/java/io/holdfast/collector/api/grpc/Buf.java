package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.RunningApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code buf curl}, which calls by reflection alone; Maven puts it into target/tools. */
record Buf(RunningApi api, Path home) {
  private static final Path PROGRAM = Path.of("target/tools/buf").toAbsolutePath();
  private static final int SECONDS = 30;

  /** What came of a run. */
  record Result(int exitCode, String out, String err) {}

  /** Calls {@code path} as that operator ({@code viewer}); empty: without a certificate. */
  Result curl(String operator, String path, String... options) {
    Process process = start(operator, path, options);
    try {
      CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process, true));
      CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process, false));
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("buf did not end: " + path);
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Begins a call whose answers are read as they come. */
  Process start(String operator, String path, String... options) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "curl", "--protocol=grpc"));
    command.addAll(List.of("--cacert", api.pki("ca.crt").toString()));
    if (!operator.isEmpty()) {
      command.addAll(List.of("--cert", api.pki("operators/" + operator + ".crt").toString()));
      command.addAll(List.of("--key", api.pki("operators/" + operator + ".key").toString()));
    }
    command.addAll(Arrays.asList(options));
    command.add(api.url(path));
    try {
      Files.setPosixFilePermissions(
          PROGRAM, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("HOME", home.toString());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BufferedReader answers(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static String text(Process process, boolean out) {
    try (var stream = out ? process.getInputStream() : process.getErrorStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
