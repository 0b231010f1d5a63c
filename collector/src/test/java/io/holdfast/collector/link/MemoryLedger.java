package io.holdfast.collector.link;

import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Takes events as the leader does (what follows is recorded, what is known already is not recorded
 * again, anything else is a gap) and outlives the servers in front of it.
 */
final class MemoryLedger implements LinkHandler {
  private final Vertx vertx;
  private final Random random = new Random(20_261_122);
  private final Map<String, List<Long>> recorded = new HashMap<>();

  final List<String> connections = new CopyOnWriteArrayList<>();
  final AtomicInteger heartbeats = new AtomicInteger();
  final AtomicInteger batches = new AtomicInteger();
  final Map<String, String> planOf = new ConcurrentHashMap<>();
  volatile Optional<HostPlan> plan = Optional.empty();
  final List<StreamFacts> streams = new CopyOnWriteArrayList<>();
  volatile Function<PublicKey, Future<List<X509Certificate>>> renewal =
      key -> Future.failedFuture(new DeniedException(TrustAnswer.Denial.NO_AUTHORITY, "none here"));
  volatile boolean knowsAll = true;
  volatile boolean ready = true;
  volatile boolean commits = true;

  MemoryLedger(Vertx vertx) {
    this.vertx = vertx;
  }

  synchronized List<Long> sequences(String host, String spoolId) {
    return List.copyOf(recorded.getOrDefault(host + "/" + spoolId, List.of()));
  }

  @Override
  public boolean knows(String host) {
    return knowsAll;
  }

  @Override
  public Future<Long> lastSequence(String host, String spoolId) {
    return ready
        ? Future.succeededFuture(last(host, spoolId))
        : Future.failedFuture("this collector does not lead");
  }

  private synchronized long last(String host, String spoolId) {
    List<Long> all = sequences(host, spoolId);
    return all.isEmpty() ? 0 : all.get(all.size() - 1);
  }

  @Override
  public Future<Long> record(String host, String spoolId, Delivery delivery) {
    List<SpooledEvent> events = delivery.events();
    batches.incrementAndGet();
    Promise<Long> committed = Promise.promise();
    if (!commits) {
      return committed.future();
    }
    try {
      long last = append(host, spoolId, events);
      vertx.setTimer(1 + delay(), id -> committed.complete(last));
    } catch (GapException e) {
      committed.fail(e);
    }
    return committed.future();
  }

  private synchronized int delay() {
    return random.nextInt(4);
  }

  private synchronized long append(String host, String spoolId, List<SpooledEvent> events)
      throws GapException {
    List<Long> all = recorded.computeIfAbsent(host + "/" + spoolId, key -> new ArrayList<>());
    for (SpooledEvent event : events) {
      long last = all.isEmpty() ? 0 : all.get(all.size() - 1);
      if (event.sequence() > last) {
        if (event.previous() != last) {
          throw new GapException("event " + event.sequence() + " does not follow " + last);
        }
        all.add(event.sequence());
      }
    }
    return last(host, spoolId);
  }

  @Override
  public void connected(String host, HelloInfo hello, StreamFacts stream) {
    connections.add("+" + host);
    streams.add(stream);
    planOf.put(host, hello.planHash());
  }

  @Override
  public void disconnected(String host) {
    connections.add("-" + host);
  }

  @Override
  public void heartbeat(String host, Heartbeat heartbeat) {
    heartbeats.incrementAndGet();
  }

  @Override
  public void planAcknowledged(String host, String planHash) {
    planOf.put(host, planHash);
  }

  @Override
  public Optional<HostPlan> planFor(String host) {
    return plan;
  }

  @Override
  public void renewed(String host, StreamFacts stream) {
    streams.add(stream);
  }

  @Override
  public Future<List<X509Certificate>> renew(
      String host, PresentedCertificate shown, byte[] publicKey, byte[] proof) {
    try {
      return renewal.apply(KeyProof.RENEWAL.verify(host, publicKey, proof));
    } catch (GeneralSecurityException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }
}
