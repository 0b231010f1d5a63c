package io.holdfast.demo.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the processes of a run. Each carries the run's variable, writes to a log of its own, and
 * is in a session of its own, so that Ctrl-C reaches the demo alone, which then ends them in the
 * right order.
 */
final class Launcher {

  private final RunFolder run;
  private boolean closed;

  Launcher(RunFolder run) {
    this.run = run;
  }

  RunFolder run() {
    return run;
  }

  /** Starts a process whose output is appended to the log of this name. */
  synchronized Process start(String name, List<String> command) {
    requireOpen("start " + name);
    var line = new ArrayList<String>();
    line.add("setsid");
    line.addAll(command);
    var log = run.log(name).toFile();
    var builder =
        new ProcessBuilder(line)
            .directory(run.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().putAll(variables());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw StageException.failed("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Runs a short command of the run to its end. */
  String runToEnd(List<String> command, String purpose) {
    Process process;
    // Started under the lock: after close() returns, no process of this run is still to appear.
    synchronized (this) {
      requireOpen(purpose);
      process = Commands.start(command, purpose, variables());
    }
    return Commands.finish(process, purpose);
  }

  /** From now on nothing is started. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private void requireOpen(String purpose) {
    if (closed) {
      throw StageException.failed("the demo is ending: cannot " + purpose);
    }
  }

  Map<String, String> variables() {
    return Map.of(RunFolder.VARIABLE, run.path().toString());
  }
}
