package io.holdfast.demo.stage;

import java.io.IOException;

/** Signals by name; the JDK itself can send but two. */
final class Signals {

  private Signals() {}

  /** Sends a signal such as {@code INT}; nothing happens when the process is gone. */
  static void send(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw StageException.failed("cannot run sh: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
