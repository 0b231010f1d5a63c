package io.holdfast.collector.app;

import io.holdfast.collector.fleet.Fleet;
import io.holdfast.collector.link.HelloInfo;
import io.holdfast.collector.link.LinkHandler;
import io.holdfast.collector.link.StreamFacts;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What agents' streams ask: hard things of the ledger, soft things of the fleet. */
final class AgentDesk implements LinkHandler {

  private final Desk desk;
  private final DecisionLog log;
  private final Fleet fleet;
  private final Supplier<Moment> clock;
  private final Figures figures;
  private final Issuer issuer;

  AgentDesk(
      Desk desk,
      DecisionLog log,
      Fleet fleet,
      Supplier<Moment> clock,
      Figures figures,
      Issuer issuer) {
    this.issuer = issuer;
    this.desk = desk;
    this.log = log;
    this.fleet = fleet;
    this.clock = clock;
    this.figures = figures;
  }

  @Override
  public boolean knows(String host) {
    return log.state().planInForce().map(plan -> plan.hosts().containsKey(host)).orElse(true);
  }

  /** Asked of the loop, like a batch without events: what it answers is safe to be forgotten. */
  @Override
  public Future<Long> lastSequence(String host, String spoolId) {
    return desk.record(host, spoolId, Delivery.NONE);
  }

  @Override
  public Future<Long> record(String host, String spoolId, Delivery delivery) {
    figures.received(delivery.events(), log.state().lastSequence(host, spoolId));
    return desk.record(host, spoolId, delivery);
  }

  @Override
  public void connected(String host, HelloInfo hello, StreamFacts stream) {
    fleet.connected(host, hello.planHash(), hello.build());
    fleet.streaming(host, stream.id(), stream.certificateEndsWallMillis());
  }

  @Override
  public void renewed(String host, StreamFacts stream) {
    fleet.streaming(host, stream.id(), stream.certificateEndsWallMillis());
  }

  @Override
  public Future<List<X509Certificate>> renew(
      String host, PresentedCertificate shown, byte[] publicKey, byte[] proof) {
    return issuer.renew(host, shown, publicKey, proof);
  }

  @Override
  public long wallMillis() {
    return clock.get().wallMillis();
  }

  @Override
  public void disconnected(String host) {
    fleet.disconnected(host);
  }

  @Override
  public void heartbeat(String host, Heartbeat heartbeat) {
    fleet.heard(host, heartbeat, clock.get());
  }

  @Override
  public void planAcknowledged(String host, String planHash) {
    fleet.planStored(host, planHash);
  }

  @Override
  public Optional<HostPlan> planFor(String host) {
    return desk.planFor(host);
  }
}
