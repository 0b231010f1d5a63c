package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Goes on with what a lost collector broke off, as long as it takes. */
final class Reconnecting {
  private final HoldfastCommand root;
  private boolean told;

  Reconnecting(HoldfastCommand root) {
    this.root = root;
  }

  /**
   * Repeats {@code attempt} until it ends by itself.
   *
   * @param begun whether a collector has answered before; else the first failure is final
   * @param attempt gives why it broke off, or nothing when it is done, as {@link
   *     io.holdfast.cli.collector.CollectorClient#watch} does
   */
  void run(boolean begun, Supplier<String> attempt) {
    boolean answered = begun;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        String why = attempt.get();
        if (why.isEmpty() || Thread.currentThread().isInterrupted()) {
          return;
        }
        answered = true;
        told = false;
        tell(why);
      } catch (CliFailure failure) {
        if (!answered || failure.exitCode() != ExitCode.UNREACHABLE) {
          throw failure;
        }
        tell(String.valueOf(failure.getMessage()));
      }
      pause();
    }
  }

  /** Once for each loss: a collector that stays away for an hour is one loss. */
  private void tell(String why) {
    if (!told) {
      told = true;
      root.terminal().err().println(root.texts().text("status.lost", why));
      root.terminal().err().flush();
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
