package io.holdfast.demo;

import io.holdfast.demo.stage.DemoHome;
import io.holdfast.demo.stage.Leftovers;
import io.holdfast.demo.stage.Machine;
import io.holdfast.demo.stage.ProcessStage;
import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import io.holdfast.demo.story.EngineKilled;
import io.holdfast.demo.story.Narrator;
import io.holdfast.demo.story.Patience;
import io.holdfast.demo.story.StoryTeller;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One demo, from the first process to the last file. However it ends, it cleans up after itself.
 */
final class Demo {

  /** As a shell says it of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private final DemoOptions options;
  private final Machine machine;
  private final DemoHome home;
  private final Narrator narrator;
  private final PrintStream err;
  private final RunFolder run = RunFolder.named();
  private volatile @Nullable ProcessStage stage;
  private volatile boolean interrupted;
  private volatile boolean staying;
  private volatile boolean begun;
  private boolean ended;

  Demo(DemoOptions options, Machine machine, DemoHome home, Narrator narrator, PrintStream err) {
    this.options = options;
    this.machine = machine;
    this.home = home;
    this.narrator = narrator;
    this.err = err;
  }

  /** Runs it and returns the exit code; does not return when a signal ends the program. */
  int run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "interrupted"));
    int code = 1;
    try {
      cleanUpStale();
      code = play();
    } catch (StageException failed) {
      if (!interrupted) {
        err.println(failed.getMessage());
      }
      code = failed.exitCode();
    } catch (InterruptedException | IOException e) {
      err.println(e.getMessage());
    } finally {
      boolean clean = end(code != 0 && options.keep());
      code = clean || code != 0 ? code : 1;
    }
    return code;
  }

  private int play() throws InterruptedException, IOException {
    ProcessStage.requireReady(machine);
    // Recorded first: whatever happens from here on, the next demo can find it.
    home.record(run);
    begun = true;
    ProcessStage fresh = new ProcessStage(machine, run.make(), narrator);
    stage = fresh;
    narrator.say("stage.starting", run.path().toString());
    home.writeCliYaml(fresh.cliYaml());
    fresh.set();
    var teller = new StoryTeller(narrator, Patience.real(), run::endOfLog);
    Optional<String> untrue = teller.tell(EngineKilled.on(fresh, narrator.texts()));
    if (untrue.isPresent()) {
      return 1;
    }
    if (options.once()) {
      narrator.say("end.once");
      return 0;
    }
    narrator.say("end.stay");
    staying = true;
    new CountDownLatch(1).await();
    return 0;
  }

  private void cleanUpStale() throws IOException {
    Optional<RunFolder> stale = home.stale();
    if (stale.isPresent()) {
      narrator.say("stage.leftovers", stale.get().path().toString());
      var leftovers = new Leftovers(stale.get());
      leftovers.endProcesses();
      leftovers.removeFiles();
      home.forget();
    }
  }

  /** The shutdown hook: a signal, or the ordinary end, when everything is done already. */
  private void interrupted() {
    synchronized (this) {
      if (ended) {
        return;
      }
    }
    interrupted = true;
    boolean clean = end(false);
    Runtime.getRuntime().halt(!clean ? 1 : staying ? 0 : INTERRUPTED);
  }

  /**
   * Ends and removes everything, once. The other thread, if there is one, waits until it is done.
   */
  private synchronized boolean end(boolean keepFiles) {
    if (ended) {
      return true;
    }
    ended = true;
    narrator.hearOnlyThisThread();
    try {
      if (begun) {
        narrator.say("stage.stopping");
        takeDown(keepFiles);
        home.forget();
      }
      home.close();
      return true;
    } catch (StageException | IOException failed) {
      // The pointer stays, so that the next demo tries again.
      err.println(failed.getMessage());
      return false;
    }
  }

  private void takeDown(boolean keepFiles) {
    if (stage != null) {
      stage.stop();
    }
    var leftovers = new Leftovers(run);
    leftovers.endProcesses();
    if (keepFiles) {
      leftovers.keepFiles();
      narrator.say("stage.kept", run.path().toString());
    } else {
      leftovers.removeFiles();
      narrator.say("stage.stopped");
    }
  }
}
