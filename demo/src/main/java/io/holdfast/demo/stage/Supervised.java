package io.holdfast.demo.stage;

import io.holdfast.demo.story.HopelessException;
import io.holdfast.demo.story.Narrator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent or collector that is started again when it ends: the demo's stand-in for systemd. */
final class Supervised {

  private static final Duration BEFORE_AGAIN = Duration.ofMillis(300);

  /** A life shorter than this counts as a failed start. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 3;

  /**
   * How an app says that its configuration is wrong or its port taken: again would be no better.
   */
  private static final int BAD_CONFIGURATION = 2;

  private final Launcher launcher;
  private final Narrator narrator;
  private final String name;
  private final List<String> command;
  private volatile @Nullable String failure;
  private int shortLives;

  private Supervised(Launcher launcher, Narrator narrator, String name, List<String> command) {
    this.launcher = launcher;
    this.narrator = narrator;
    this.name = name;
    this.command = List.copyOf(command);
  }

  static Supervised start(Launcher launcher, Narrator narrator, String name, List<String> command) {
    var supervised = new Supervised(launcher, narrator, name, command);
    supervised.start();
    return supervised;
  }

  /** Throws when it is not started any more. */
  void requireRunning() {
    if (failure != null) {
      throw new HopelessException(failure);
    }
  }

  private void start() {
    long since = System.nanoTime();
    Process process = launcher.start(name, command);
    var unused =
        process.onExit().thenAccept(ended -> ended(ended.exitValue(), System.nanoTime() - since));
  }

  private void ended(int code, long nanos) {
    if (launcher.isClosed()) {
      return;
    }
    shortLives = nanos < SHORT.toNanos() ? shortLives + 1 : 0;
    if (code == BAD_CONFIGURATION || shortLives >= ATTEMPTS) {
      failure =
          "%s ended with %d%s"
              .formatted(name, code, shortLives > 1 ? ", " + shortLives + " times in a row" : "");
      return;
    }
    var later = CompletableFuture.delayedExecutor(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    var unused =
        CompletableFuture.runAsync(this::startAgain, later)
            .thenRun(() -> narrator.say("stage.again", name, Integer.toString(code)));
  }

  private void startAgain() {
    try {
      start();
    } catch (StageException ending) {
      failure = ending.getMessage();
      throw ending;
    }
  }
}
