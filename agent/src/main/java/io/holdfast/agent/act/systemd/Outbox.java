package io.holdfast.agent.act.systemd;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What one service tells, in its order: what comes after something that has to be asked for first
 * waits for it. Used by one thread, apart from the futures.
 */
final class Outbox {
  private final Executor context;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * @param context on which everything is told
   */
  Outbox(Executor context) {
    this.context = context;
  }

  /** Tells this after what was said before. */
  void say(Runnable sentence) {
    say(CompletableFuture.completedFuture(sentence));
  }

  /** Tells this once it is known; it must never fail. */
  void say(CompletableFuture<Runnable> sentence) {
    last =
        last.thenCombine(
            sentence,
            (before, told) -> {
              context.execute(told);
              return null;
            });
  }
}
