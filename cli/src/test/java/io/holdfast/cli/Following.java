package io.holdfast.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A run of the command that stays, whose lines are read as they come. */
final class Following implements AutoCloseable {
  private static final int SECONDS = 20;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean hungUp;

  Following(String config, String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintWriter(new Lines()),
            new PrintWriter(err),
            Map.of("HOLDFAST_CONFIG", config, "LANG", "en_US.UTF-8"),
            false,
            asked -> Optional.empty());
    thread = Thread.ofPlatform().start(() -> exitCode.complete(Holdfast.run(terminal, arguments)));
  }

  private final class Lines extends Writer {
    private final StringBuilder line = new StringBuilder();

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      if (hungUp) {
        throw new IOException("nobody reads any more");
      }
      for (int i = offset; i < offset + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** The next line of the answer. */
  String line() throws InterruptedException {
    return Optional.ofNullable(lines.poll(SECONDS, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("no line came; messages: " + err));
  }

  String messages() {
    return err.toString();
  }

  /** Whoever read is gone, as {@code head} is after its last line. */
  void hangUp() {
    hungUp = true;
  }

  int exitCode() throws Exception {
    return exitCode.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    thread.interrupt();
    exitCode();
  }
}
