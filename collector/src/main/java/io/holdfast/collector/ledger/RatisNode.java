package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerException.Busy;
import io.holdfast.collector.ledger.LedgerException.NotLeader;
import io.holdfast.collector.ledger.LedgerException.OutcomeUnknown;
import io.holdfast.collector.ledger.disk.LedgerDirectory;
import io.holdfast.collector.ledger.disk.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of Ratis with its one group. Requests go to it directly: no client, no retry. */
final class RatisNode {
  private static final Logger LOG = LoggerFactory.getLogger(RatisNode.class);

  private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(60);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  private final RaftServer server;
  private final RaftGroupId group;
  private final ClientId self;

  private RatisNode(RaftServer server, RaftGroupId group, ClientId self) {
    this.server = server;
    this.group = group;
    this.self = self;
  }

  static RatisNode start(
      LedgerSettings settings, LedgerDirectory directory, LedgerStateMachine machine, ClientId self)
      throws IOException {
    checkPort(settings);
    RaftPeer peer =
        RaftPeer.newBuilder()
            .setId(RaftPeerId.valueOf(settings.peerId()))
            .setAddress(settings.address() + ":" + settings.port())
            .build();
    RaftGroup group = RaftGroup.valueOf(RaftGroupId.valueOf(directory.group()), peer);
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(peer.getId())
            .setGroup(group)
            .setStateMachine(machine)
            .setProperties(RatisSettings.properties(settings, directory.ratisDirectory()))
            .setParameters(RatisSettings.parameters(settings))
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    RatisNode node = new RatisNode(server, group.getGroupId(), self);
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
    return node;
  }

  /** Ratis tries a used port for seconds and then tells of a bind exception deep inside. */
  private static void checkPort(LedgerSettings settings) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.address()), settings.port()));
    } catch (IOException e) {
      throw new RefusedException(
          "Its address %s:%d cannot be listened on: %s. Another program has it, or it is not an address of this machine."
              .formatted(settings.address(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** Fails when Ratis refused or gave up; success is told by the state machine. */
  CompletableFuture<Void> submit(long callId, byte[] entry) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(self)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(callId)
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      return server.submitClientRequestAsync(request).thenCompose(RatisNode::outcome);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Asks for a snapshot, after which the log before it goes; a failure is told in the log. */
  void takeSnapshot() {
    SnapshotManagementRequest request =
        SnapshotManagementRequest.newCreate(
            self, server.getId(), group, CallId.getAndIncrement(), SNAPSHOT_PATIENCE.toMillis(), 1);
    try {
      server
          .snapshotManagementAsync(request)
          .thenCompose(RatisNode::outcome)
          .exceptionally(
              failure -> {
                LOG.warn("no snapshot of the ledger was taken: {}", failure.toString());
                return null;
              });
    } catch (RuntimeException e) {
      LOG.warn("no snapshot of the ledger was taken: {}", e.toString());
    }
  }

  private static CompletableFuture<Void> outcome(RaftClientReply reply) {
    return reply.isSuccess()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(reply.getException());
  }

  /** What a refusal of Ratis means, if the entry is not in the log. */
  static LedgerException meaning(Throwable refusal) {
    Throwable cause = refusal;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case NotLeaderException e -> new NotLeader(e);
      case LeaderNotReadyException e -> new NotLeader(e);
      case LeaderSteppingDownException e -> new NotLeader(e);
      case ResourceUnavailableException e -> new Busy(e);
      default -> new OutcomeUnknown(cause.toString(), cause);
    };
  }

  int port() {
    return server.getServerRpc().getInetSocketAddress().getPort();
  }

  /** Ratis may never come back from closing a log that failed: waits for a while only. */
  void close() {
    Thread closing =
        Thread.ofPlatform().daemon().name("ledger-ratis-close").start(this::closeServer);
    try {
      if (!closing.join(CLOSE_PATIENCE)) {
        LOG.warn("Ratis did not close within {}", CLOSE_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeServer() {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Ratis could not be closed: {}", e.getMessage());
    }
  }
}
