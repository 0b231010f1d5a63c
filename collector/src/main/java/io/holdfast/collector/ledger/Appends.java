package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerException.OutcomeUnknown;
import io.holdfast.collector.ledger.disk.SpaceReserve;
import io.holdfast.collector.ledger.disk.Tip;
import io.holdfast.collector.ledger.disk.TipFile;
import io.holdfast.core.ledger.ClusterState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * The appends under way, from their submission to their acknowledgement.
 *
 * <p>One thread acknowledges: it takes all that was applied since its last turn, forces the newest
 * of them as the {@link Tip}, and only then tells the callers. So one write to the disk serves as
 * many appends as came in during the last one.
 */
final class Appends {
  private final TipFile tip;
  private final SpaceReserve space;
  private final Duration deadline;
  private final BiConsumer<String, Throwable> fatal;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, PendingAppend> waiting = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<PendingAppend> applied = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor acknowledger = Threads.single("ledger-acknowledge");

  /** After a failed force, a later one may succeed without having written anything. */
  private boolean tipFailed;

  private final ScheduledThreadPoolExecutor timer = Threads.single("ledger-deadline");

  Appends(TipFile tip, SpaceReserve space, Duration deadline, BiConsumer<String, Throwable> fatal) {
    this.tip = tip;
    this.space = space;
    this.deadline = deadline;
    this.fatal = fatal;
  }

  /** A new append under an id of its own; its deadline runs from now. */
  long begin(PendingAppend append) {
    long id = lastId.incrementAndGet();
    waiting.put(id, append);
    append.deadline = timer.schedule(() -> expire(id), deadline.toMillis(), TimeUnit.MILLISECONDS);
    return id;
  }

  private void expire(long id) {
    fail(id, new OutcomeUnknown("nothing was heard for " + deadline.toMillis() + " ms", null));
  }

  /** The append is about to be written to the log. */
  void entersLog(long id) {
    PendingAppend append = waiting.get(id);
    if (append != null) {
      append.inLog = true;
    }
  }

  /** The append's entry is committed and applied. */
  void applied(long id, Tip entry, ClusterState state) {
    PendingAppend append = waiting.remove(id);
    if (append != null) {
      applied.add(append.applied(entry, state));
      run(this::acknowledge);
    }
  }

  /** The append failed; what that means depends on how far it came. */
  void fail(long id, LedgerException definite) {
    PendingAppend append = waiting.remove(id);
    if (append != null) {
      append.fail(
          append.inLog && !(definite instanceof OutcomeUnknown)
              ? new OutcomeUnknown(String.valueOf(definite.getMessage()), definite)
              : definite);
    }
  }

  void failAll(LedgerException definite) {
    List.copyOf(waiting.keySet()).forEach(id -> fail(id, definite));
  }

  /** Runs {@code task} after all acknowledgements that are due. */
  void run(Runnable task) {
    try {
      acknowledger.execute(task);
    } catch (RejectedExecutionException e) {
      // closed: the callers were told when the appends failed
    }
  }

  private void acknowledge() {
    List<PendingAppend> batch = new ArrayList<>();
    for (PendingAppend next = applied.poll(); next != null; next = applied.poll()) {
      batch.add(next);
    }
    if (batch.isEmpty()) {
      return;
    }
    if (tipFailed) {
      batch.forEach(append -> append.fail(new OutcomeUnknown("the tip failed before", null)));
      return;
    }
    try {
      tip.write(batch.getLast().entry());
    } catch (IOException e) {
      tipFailed = true;
      batch.forEach(append -> append.fail(new OutcomeUnknown("its tip could not be written", e)));
      fatal.accept("the tip of the ledger could not be written: " + e.getMessage(), e);
      return;
    }
    batch.forEach(PendingAppend::acknowledge);
    checkSpace();
  }

  /** Stops while there is still room, instead of in the middle of a write. */
  private void checkSpace() {
    try {
      if (space.isShort()) {
        fatal.accept(space.describe() + " Make room and start again.", null);
      }
    } catch (IOException e) {
      fatal.accept("the ledger's disk cannot be asked for its free space: " + e.getMessage(), e);
    }
  }

  /** Ends the threads after what is due was acknowledged. */
  void close() {
    Threads.end(acknowledger);
    timer.shutdownNow();
    failAll(new LedgerException.Closed("the ledger is closed"));
  }
}
