package io.holdfast.collector.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running {@link LedgerChild}. */
final class ChildProcess {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Thread reader;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());

  private ChildProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProcess start(Path directory, long snapshotEvery, Path errors) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerChild.class.getName(),
                directory.toString(),
                Long.toString(snapshotEvery))
            .redirectError(errors.toFile())
            .start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("A ")) {
          acknowledged.add(Long.parseLong(line.substring(2)));
        }
        output.add(line);
      }
    } catch (IOException e) {
      output.add("ended: " + e.getMessage());
    }
  }

  /** The next line; waits for it. */
  String nextLine() throws InterruptedException {
    String line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("the child said nothing for " + PATIENCE_SECONDS + " s");
    }
    return line;
  }

  /** Lets it run on for a span, whatever it says. */
  void letRun(long micros) throws InterruptedException {
    process.waitFor(micros, TimeUnit.MICROSECONDS);
  }

  /** Kills it at once, and gives back what it said was acknowledged, in its order. */
  List<Long> kill() throws InterruptedException {
    process.destroyForcibly();
    return acknowledgedAtItsEnd();
  }

  /** What it said was acknowledged, once it ended by itself. */
  List<Long> acknowledgedAtItsEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the child did not end by itself");
    }
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return List.copyOf(acknowledged);
  }

  int exitStatus() {
    return process.exitValue();
  }
}
