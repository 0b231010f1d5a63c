package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.disk.SnapshotFile;
import io.holdfast.collector.ledger.disk.Tip;
import io.holdfast.collector.ledger.record.EntryCodec;
import io.holdfast.collector.ledger.record.PlanParser;
import io.holdfast.collector.ledger.record.SnapshotCodec;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;

/**
 * Folds the log's entries into a {@link ClusterState}, and nothing else. An entry that it cannot
 * apply ends the ledger: Ratis would log the failure and go on with the next entry.
 */
final class LedgerStateMachine extends BaseStateMachine {

  /** What the state machine tells; called on threads of Ratis. */
  interface Events {
    /** An append of this node is about to be written to the log. */
    void entersLog(long callId);

    /** An append of this node is committed and applied. */
    void applied(long callId, Tip entry, ClusterState state);

    /** The leader applied an entry of its own term; {@code before} is the index before it. */
    void leading(long term, long before);

    void notLeading();

    /** So much was applied since the last snapshot that another one should be taken. */
    void snapshotDue();

    /** The ledger cannot go on. */
    void failed(String message, Throwable cause);

    /** Ratis closed the group, asked or by itself. */
    void closed();
  }

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final EntryCodec entries;
  private final SnapshotCodec snapshots;
  private final ClientId self;
  private final long snapshotBytes;
  private final Events events;

  /** Bytes of the entries applied since a snapshot was last taken or asked for. */
  private long appliedBytes;

  private volatile ClusterState state = ClusterState.EMPTY;
  private volatile boolean failed;
  private boolean readyToLead;

  LedgerStateMachine(PlanParser parser, ClientId self, long snapshotBytes, Events events) {
    this.entries = new EntryCodec(parser);
    this.snapshots = new SnapshotCodec(parser);
    this.self = self;
    this.snapshotBytes = snapshotBytes;
    this.events = events;
  }

  ClusterState state() {
    return state;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    getLifeCycle().startAndTransition(this::load, IOException.class);
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    storage.loadLatestSnapshot();
    getLifeCycle().startAndTransition(this::load, IOException.class);
  }

  private void load() throws IOException {
    SingleFileSnapshotInfo latest = storage.getLatestSnapshot();
    if (latest == null) {
      return;
    }
    SnapshotFile file =
        new SnapshotFile(latest.getFile().getPath(), latest.getTerm(), latest.getIndex());
    byte[] body = file.read();
    try {
      state = snapshots.decode(body, file.term(), file.index());
    } catch (IllegalArgumentException e) {
      throw file.damaged(String.valueOf(e.getMessage()));
    }
    setLastAppliedTermIndex(latest.getTermIndex());
  }

  @Override
  public TransactionContext preAppendTransaction(TransactionContext transaction) {
    RaftClientRequest request = transaction.getClientRequest();
    if (isOwn(request)) {
      events.entersLog(request.getCallId());
    }
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    if (!failed) {
      apply(entry, transaction.getClientRequest());
    }
    // Ratis would log a failure with its trace for each further entry; the caller hears of it from
    // the ledger.
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  private void apply(LogEntryProto entry, RaftClientRequest request) {
    try {
      List<LedgerRecord> records =
          entries.decode(entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
      state = state.apply(records);
    } catch (RuntimeException e) {
      fail(
          "the entry %d of the ledger cannot be applied: %s"
              .formatted(entry.getIndex(), e.getMessage()),
          e);
      return;
    }
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    appliedBytes += entry.getStateMachineLogEntry().getLogData().size();
    if (isOwn(request)) {
      if (appliedBytes >= snapshotBytes) {
        appliedBytes = 0;
        events.snapshotDue();
      }
      events.applied(request.getCallId(), new Tip(entry.getTerm(), entry.getIndex()), state);
    }
  }

  private boolean isOwn(RaftClientRequest request) {
    return request != null && self.equals(request.getClientId());
  }

  @Override
  public long takeSnapshot() throws IOException {
    TermIndex last = getLastAppliedTermIndex();
    if (failed || last.getIndex() < 0) {
      return RaftLog.INVALID_LOG_INDEX;
    }
    SnapshotFile file =
        new SnapshotFile(
            storage.getSnapshotFile(last.getTerm(), last.getIndex()).toPath(),
            last.getTerm(),
            last.getIndex());
    MD5Hash digest = file.write(snapshots.encode(state, last.getTerm(), last.getIndex()));
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(file.path(), digest), last));
    appliedBytes = 0;
    return last.getIndex();
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  /** Ratis tells this before it tells the index of the leader's first entry. */
  @Override
  public void notifyLeaderReady() {
    readyToLead = true;
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    long before = getLastAppliedTermIndex().getIndex();
    super.notifyTermIndexUpdated(term, index);
    if (readyToLead && !failed) {
      readyToLead = false;
      events.leading(term, before);
    }
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    events.notLeading();
  }

  @Override
  public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    fail("its log could not be written: " + root.getMessage(), cause);
  }

  @Override
  public void close() {
    failed = true;
    events.closed();
  }

  private void fail(String message, Throwable cause) {
    failed = true;
    events.failed(message, cause);
  }
}
