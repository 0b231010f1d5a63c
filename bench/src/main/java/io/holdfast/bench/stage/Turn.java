package io.holdfast.bench.stage;

import io.holdfast.demo.stage.DemoHome;
import io.holdfast.demo.stage.Leftovers;
import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The checkout's turn to bench, which one process at a time has. However that ends, {@link
 * #close()} or the end of the program takes down what was set up and removes every process and file
 * of the run; after a {@code SIGKILL} the next bench of the checkout does.
 */
final class Turn implements AutoCloseable {

  /** As a shell says it of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private final DemoHome home;
  private final Thread hook = new Thread(this::interrupted, "take down the bench");
  private Optional<RunFolder> run = Optional.empty();
  private volatile Runnable takeDown = () -> {};
  private boolean closed;

  private Turn(DemoHome home) {
    this.home = home;
  }

  /**
   * Takes the turn and removes what a killed bench left.
   *
   * @param root the checkout
   * @throws StageException with exit code 3 when another bench has it
   */
  static Turn take(Path root, PrintStream progress) {
    var turn = new Turn(DemoHome.take(root, "bench"));
    try {
      Optional<RunFolder> stale = turn.home.stale();
      if (stale.isPresent()) {
        progress.println("removing what the bench before left in " + stale.get().path());
        remove(stale.get());
      }
    } catch (StageException notReady) {
      turn.close();
      throw notReady;
    }
    return turn;
  }

  /** Says in the checkout that a bench runs, and where: the next bench can find it from here on. */
  RunFolder begin() {
    RunFolder folder = RunFolder.named();
    home.record(folder);
    run = Optional.of(folder);
    return folder;
  }

  /** What takes down that which is set up from now on, also when the program is interrupted. */
  void endWith(Runnable end) {
    takeDown = end;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    takeDown.run();
    run.ifPresent(Turn::remove);
    try {
      home.forget();
      home.close();
    } catch (IOException e) {
      throw StageException.failed("cannot remove the mark of the run: " + e.getMessage(), e);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is the hook that runs.
    }
  }

  private static void remove(RunFolder run) {
    var leftovers = new Leftovers(run);
    leftovers.endProcesses();
    leftovers.removeFiles();
  }

  private void interrupted() {
    try {
      close();
    } catch (StageException failed) {
      System.err.println(failed.getMessage());
    }
    Runtime.getRuntime().halt(INTERRUPTED);
  }
}
