package io.holdfast.collector.link;

import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;

/** How fast a stream is read, and how long it has been silent. */
final class StreamFlow {
  /** Batches that may wait for their commit; beyond this nothing more is read from the stream. */
  private static final int MAX_WAITING = 4;

  private final GrpcServerRequest<AgentMessage, CollectorMessage> request;
  private int waiting;
  private boolean paced;
  private boolean held;
  private long heardAt = System.nanoTime();

  StreamFlow(GrpcServerRequest<AgentMessage, CollectorMessage> request) {
    this.request = request;
  }

  void heard() {
    heardAt = System.nanoTime();
  }

  /** By now, in nanoseconds of {@link System#nanoTime}. */
  Duration silence(long now) {
    return Duration.ofNanos(now - heardAt);
  }

  /** Nothing is read, so silence says nothing. */
  boolean isHeld() {
    return paced || waiting >= MAX_WAITING;
  }

  /** A batch waits for its commit. */
  void batchCame() {
    waiting++;
    holdOrGoOn();
  }

  void batchDone() {
    waiting--;
    holdOrGoOn();
  }

  /** False: it is slowed down already. */
  boolean slowDown() {
    if (paced) {
      return false;
    }
    paced = true;
    holdOrGoOn();
    return true;
  }

  void goOn() {
    paced = false;
    holdOrGoOn();
  }

  private void holdOrGoOn() {
    if (isHeld() == held) {
      return;
    }
    held = isHeld();
    if (held) {
      request.pause();
    } else {
      heard();
      request.resume();
    }
  }
}
