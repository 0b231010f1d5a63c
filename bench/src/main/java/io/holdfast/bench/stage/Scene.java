package io.holdfast.bench.stage;

import io.holdfast.demo.stage.DemoHome;
import io.holdfast.demo.stage.Leftovers;
import io.holdfast.demo.stage.Machine;
import io.holdfast.demo.stage.Place;
import io.holdfast.demo.stage.ProcessStage;
import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import io.holdfast.demo.story.Narrator;
import io.holdfast.demo.story.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * The demo's stage at addresses of its own, for the time of a bench. However the bench ends, {@link
 * #close()} or the end of the program removes every process and file of it; after a {@code SIGKILL}
 * the next bench of the checkout does.
 */
public final class Scene implements AutoCloseable {

  /** As a shell says it of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private final DemoHome home;
  private final RunFolder run;
  private final Place place;
  private final ProcessStage stage;
  private final Thread hook = new Thread(this::interrupted, "take down the scene");
  private boolean closed;

  private Scene(DemoHome home, Machine machine, String planAddition, PrintStream progress) {
    long start = System.nanoTime();
    var narrator =
        new Narrator(progress, Texts.in("en"), () -> Duration.ofNanos(System.nanoTime() - start));
    this.home = home;
    this.place = Place.spare();
    ProcessStage.requireReady(machine, place);
    this.run = RunFolder.named();
    // Recorded first: whatever happens from here on, the next bench can find it.
    home.record(run);
    this.stage = new ProcessStage(machine, place, planAddition, run.make(), narrator);
  }

  /**
   * Sets the stage with the example plan.
   *
   * @param planAddition lines that are put after the plan
   * @throws StageException when it cannot be set
   */
  public static Scene open(Machine machine, String planAddition, PrintStream progress)
      throws InterruptedException {
    DemoHome home = DemoHome.take(machine.root(), "bench");
    Scene scene;
    try {
      removeStale(home, progress);
      scene = new Scene(home, machine, planAddition, progress);
    } catch (StageException notReady) {
      forget(home);
      throw notReady;
    }
    Runtime.getRuntime().addShutdownHook(scene.hook);
    try {
      scene.stage.set();
      return scene;
    } catch (StageException | InterruptedException e) {
      scene.close();
      throw e;
    }
  }

  /** What runs here. */
  public ProcessStage stage() {
    return stage;
  }

  /** Where it runs. */
  public Place place() {
    return place;
  }

  /** Where its files are. */
  public RunFolder run() {
    return run;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stage.stop();
    remove(run);
    forget(home);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is the hook that runs.
    }
  }

  private static void removeStale(DemoHome home, PrintStream progress) {
    Optional<RunFolder> stale = home.stale();
    if (stale.isPresent()) {
      progress.println("removing what the bench before left in " + stale.get().path());
      remove(stale.get());
    }
  }

  private static void remove(RunFolder run) {
    var leftovers = new Leftovers(run);
    leftovers.endProcesses();
    leftovers.removeFiles();
  }

  private static void forget(DemoHome home) {
    try {
      home.forget();
      home.close();
    } catch (IOException e) {
      throw StageException.failed("cannot remove the mark of the run: " + e.getMessage(), e);
    }
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
