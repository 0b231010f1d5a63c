package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerException.Closed;
import io.holdfast.collector.ledger.LedgerException.StartRefused;
import io.holdfast.collector.ledger.LedgerException.TooLarge;
import io.holdfast.collector.ledger.disk.LedgerDirectory;
import io.holdfast.collector.ledger.disk.RefusedException;
import io.holdfast.collector.ledger.disk.SpaceReserve;
import io.holdfast.collector.ledger.disk.Tip;
import io.holdfast.collector.ledger.record.EntryCodec;
import io.holdfast.collector.ledger.record.PlanParser;
import io.holdfast.collector.ledger.record.UpgradeNeededException;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.protocol.ClientId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log of decisions: {@link #start}, {@link #append}, {@link #state}, {@link #close}.
 *
 * <p>An append is acknowledged once its entry is committed, applied, and its place is noted outside
 * the log. Whatever is acknowledged is there after every crash, or the next start refuses; it is
 * never silently gone. Futures complete on threads of the ledger.
 */
public final class RatisLedger {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLedger.class);

  private enum Phase {
    NEW,
    STARTING,
    RUNNING,
    FAILED,
    CLOSED
  }

  private final LedgerSettings settings;
  private final LeadershipListener listener;
  private final FatalHandler fatalHandler;
  private final EntryCodec codec;
  private final ClientId self = ClientId.randomId();
  private final LedgerStateMachine machine;
  private final ScheduledThreadPoolExecutor worker = Threads.single("ledger-work");
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile String failure = "";
  // The rest is set by open().
  private volatile SpaceReserve space;
  private volatile Appends appends;
  private LedgerDirectory directory;
  private volatile RatisNode node;

  /**
   * A ledger that is not started.
   *
   * @param parser reads the plans that the log holds
   * @param listener told of this node's leadership
   * @param fatalHandler told when a started ledger cannot go on
   */
  @SuppressWarnings("NullAway.Init")
  public RatisLedger(
      LedgerSettings settings,
      PlanParser parser,
      LeadershipListener listener,
      FatalHandler fatalHandler) {
    this.settings = settings;
    this.listener = listener;
    this.fatalHandler = fatalHandler;
    this.codec = new EntryCodec(parser);
    this.machine =
        new LedgerStateMachine(
            parser, self, settings.limits().snapshotBytes(), new MachineEvents());
  }

  /**
   * Checks the directory, opens the log, replays it and waits until this node leads.
   *
   * @return completes when it leads and all that was acknowledged is applied; fails with {@link
   *     StartRefused}, and then nothing of it is left running
   */
  public CompletionStage<Void> start() {
    if (!phase.compareAndSet(Phase.NEW, Phase.STARTING)) {
      throw new IllegalStateException("the ledger is " + phase.get());
    }
    CompletableFuture.delayedExecutor(
            settings.limits().startDeadline().toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> refuse("It did not lead within " + settings.limits().startDeadline(), null));
    worker.execute(this::open);
    return started.minimalCompletionStage();
  }

  private void open() {
    try {
      directory = LedgerDirectory.open(settings.directory());
      space =
          new SpaceReserve(
              directory.reserveFile(),
              settings.limits().reserveBytes(),
              settings.limits().freeSpaceMin());
      space.claim();
      directory.check(settings.peerId(), settings.machineId());
      appends =
          new Appends(directory.tip(), space, settings.limits().appendDeadline(), this::cannotGoOn);
      node = RatisNode.start(settings, directory, machine, self);
    } catch (IOException | RuntimeException e) {
      Throwable root = root(e);
      refuse(root.getMessage() == null ? root.toString() : root.getMessage(), root);
    }
  }

  /** What was thrown first, with a message that is meant for people where there is one. */
  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null
        && !(at instanceof RefusedException)
        && !(at instanceof UpgradeNeededException)) {
      at = at.getCause();
    }
    return at;
  }

  /** All waiting callers were told of earlier entries: this node leads now. */
  private void lead(long term, long applied) {
    Tip tip = directory.tip().tip();
    if (phase.get() == Phase.STARTING && applied < tip.index()) {
      refuse(
          "The ledger on disk ends at index %d but index %d was acknowledged. %s"
              .formatted(applied, tip.index(), RefusedException.adviceFor(settings.directory())),
          null);
      return;
    }
    try {
      directory.markFormed();
    } catch (IOException e) {
      cannotGoOn("its identity could not be written: " + e.getMessage(), e);
      return;
    }
    if (phase.compareAndSet(Phase.STARTING, Phase.RUNNING)) {
      started.complete(null);
    }
    listener.leading(term);
  }

  /**
   * Appends the records as one entry: all of them or none.
   *
   * @return the state right after this entry, once it is safe; fails with a {@link
   *     LedgerException}, at the latest after the deadline of the settings. Entries stand in the
   *     order of the calls
   */
  public CompletionStage<ClusterState> append(List<LedgerRecord> records) {
    Phase now = Objects.requireNonNull(phase.get());
    if (now != Phase.RUNNING) {
      return CompletableFuture.failedStage(
          new Closed(
              "the ledger is not running (" + now.name().toLowerCase(Locale.ROOT) + ")" + failure));
    }
    byte[] entry = codec.encode(records);
    if (entry.length > settings.limits().entryBytes()) {
      return CompletableFuture.failedStage(
          new TooLarge(entry.length, settings.limits().entryBytes()));
    }
    PendingAppend append = new PendingAppend();
    long id = appends.begin(append);
    try {
      worker.execute(() -> submit(id, append, entry));
    } catch (RejectedExecutionException e) {
      appends.fail(id, new Closed("the ledger is closed"));
    }
    return append.outcome.minimalCompletionStage();
  }

  /** Off the caller's thread: Ratis blocks here while the disk is slow. */
  private void submit(long id, PendingAppend append, byte[] entry) {
    if (append.outcome.isDone()) {
      return;
    }
    node.submit(id, entry)
        .whenComplete(
            (none, refused) -> {
              if (refused != null) {
                appends.fail(id, RatisNode.meaning(refused));
              }
            });
  }

  /**
   * What is applied by now. It may be ahead of what was acknowledged; a decision is carried out
   * only on the state that its append gave back.
   */
  public ClusterState state() {
    return machine.state();
  }

  /** Index of the last applied entry; -1: none. */
  public long appliedIndex() {
    return machine.getLastAppliedTermIndex().getIndex();
  }

  /** The port that it listens on, once started. */
  public int port() {
    return node.port();
  }

  /**
   * Stops. What was not acknowledged by then fails; what was is on disk.
   *
   * @return completes when the directory is free for another ledger
   */
  public CompletionStage<Void> close() {
    if (phase.getAndSet(Phase.CLOSED) != Phase.CLOSED) {
      started.completeExceptionally(new StartRefused("the ledger was closed", null));
      new Thread(this::shutDown, "ledger-close").start();
    }
    return closed.minimalCompletionStage();
  }

  private void shutDown() {
    Threads.end(worker);
    if (node != null) {
      node.close();
    }
    if (appends != null) {
      appends.close();
    }
    try {
      if (directory != null) {
        directory.close();
      }
    } catch (IOException e) {
      LOG.warn("The ledger's files could not be closed: {}", e.getMessage());
    }
    closed.complete(null);
  }

  /** The start failed: ends what it began and then says so. */
  private void refuse(String why, @Nullable Throwable cause) {
    if (phase.compareAndSet(Phase.STARTING, Phase.CLOSED)) {
      new Thread(
              () -> {
                shutDown();
                started.completeExceptionally(
                    new StartRefused(
                        "The ledger in " + settings.directory() + " cannot be opened. " + why,
                        cause));
              },
              "ledger-close")
          .start();
    }
  }

  private void cannotGoOn(String message, @Nullable Throwable cause) {
    if (phase.get() == Phase.STARTING) {
      refuse(message, cause);
    } else if (phase.compareAndSet(Phase.RUNNING, Phase.FAILED)) {
      failure = ": " + message;
      appends.failAll(new Closed("the ledger failed: " + message));
      giveReserveUp();
      fatalHandler.fatal(message, cause);
    }
  }

  /** So that the next start has room. */
  private void giveReserveUp() {
    try {
      if (space.isShort()) {
        space.release();
      }
    } catch (IOException e) {
      LOG.warn("The ledger's reserve could not be given up: {}", e.getMessage());
    }
  }

  private final class MachineEvents implements LedgerStateMachine.Events {
    @Override
    public void entersLog(long callId) {
      appends.entersLog(callId);
    }

    @Override
    public void applied(long callId, Tip entry, ClusterState state) {
      appends.applied(callId, entry, state);
    }

    @Override
    public void leading(long term, long before) {
      appends.run(() -> lead(term, before));
    }

    @Override
    public void notLeading() {
      appends.run(listener::notLeading);
    }

    @Override
    public void snapshotDue() {
      try {
        worker.execute(node::takeSnapshot);
      } catch (RejectedExecutionException e) {
        LOG.debug("no snapshot is taken: the ledger is closed", e);
      }
    }

    @Override
    public void failed(String message, Throwable cause) {
      cannotGoOn(message, cause);
    }

    @Override
    public void closed() {
      // While it opens, the failure that made Ratis close it is on its way.
      if (node != null) {
        cannotGoOn("Ratis closed it by itself; the log before this line says why", null);
      }
    }
  }
}
