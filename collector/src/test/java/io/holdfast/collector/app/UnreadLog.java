package io.holdfast.collector.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipe that nobody reads: a process hangs at the first line that it logs once this is full. */
final class UnreadLog implements AutoCloseable {
  private final Path pipe;
  private final RandomAccessFile open;

  private UnreadLog(Path pipe) throws IOException {
    this.pipe = pipe;
    this.open = new RandomAccessFile(pipe.toFile(), "rw");
  }

  static UnreadLog in(Path directory) throws IOException, InterruptedException {
    Path pipe = directory.resolve("unread.log");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    return new UnreadLog(pipe);
  }

  ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.to(pipe.toFile());
  }

  /** Until it takes no more; whoever writes next waits, as a thread of this method does. */
  void fill(Awaiting awaiting) throws Exception {
    Thread filler = Thread.ofPlatform().daemon().start(this::write);
    awaiting.until("the pipe to be full", () -> isBlocked(filler));
  }

  private void write() {
    try (OutputStream out = Files.newOutputStream(pipe)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      // The reader has gone: the test is over.
    }
  }

  private static boolean isBlocked(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getMethodName().startsWith("write");
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
