package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.disk.Tip;
import io.holdfast.core.ledger.ClusterState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** An append that its caller waits for. */
@SuppressWarnings("NullAway.Init") // each field is set before the step that reads it
final class PendingAppend {
  final CompletableFuture<ClusterState> outcome = new CompletableFuture<>();

  /** Whether it is, or may be, in the log: from then on a failure tells nothing. */
  volatile boolean inLog;

  volatile Future<?> deadline;

  /** Set before {@link Appends} hands it to its own thread. */
  private Tip entry;

  private ClusterState state;

  PendingAppend applied(Tip appliedEntry, ClusterState after) {
    this.entry = appliedEntry;
    this.state = after;
    return this;
  }

  Tip entry() {
    return entry;
  }

  void acknowledge() {
    stopDeadline();
    outcome.complete(state);
  }

  void fail(Throwable failure) {
    stopDeadline();
    outcome.completeExceptionally(failure);
  }

  private void stopDeadline() {
    Future<?> waiting = deadline;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }
}
