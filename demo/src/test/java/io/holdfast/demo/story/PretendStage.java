package io.holdfast.demo.story;

import io.holdfast.demo.truth.Engine;
import io.holdfast.demo.truth.Trade;
import io.holdfast.demo.truth.TradeCount;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A world in memory in which the engine is healed at once; each switch makes one thing in it
 * untrue.
 */
final class PretendStage implements Stage {

  static final long OLD = 4711;
  static final long NEW = 4799;

  boolean restarts = true;
  boolean trades = true;
  boolean losesATrade;
  boolean oldEngineWritesOn;
  boolean recordsHealing = true;
  Duration saidOutage = Duration.ofMillis(1500);
  int pageStatus = 200;

  private boolean killed;

  @Override
  public SystemStatus status() {
    return SystemStatus.newBuilder()
        .setPlanHash(planHash())
        .setSystemHealth(1.0)
        .addHosts(host("trade-a", "127.78.0.1"))
        .addHosts(host("trade-b", "127.78.0.2"))
        .addServices(
            ServiceStatus.newBuilder()
                .setName(EngineKilled.ENGINE)
                .setHost("trade-a")
                .setPid(killed && restarts ? NEW : OLD)
                .setVerdict(Verdict.VERDICT_HEALTHY))
        .build();
  }

  private HostStatus host(String name, String address) {
    return HostStatus.newBuilder()
        .setName(name)
        .setAddress(address)
        .setSite("primary")
        .setConnected(true)
        .setPlanHash(planHash())
        .setAgentBuild("0.1.0")
        .build();
  }

  @Override
  public List<RecordedEvent> eventsAfter(long position) {
    var events = new ArrayList<Event>();
    events.add(Event.getDefaultInstance());
    if (killed) {
      events.add(
          Event.newBuilder().setServiceExited(ServiceExited.newBuilder().setPid(OLD)).build());
    }
    if (killed && restarts && recordsHealing) {
      events.add(
          Event.newBuilder()
              .setHealingStarted(HealingStarted.newBuilder().setService(EngineKilled.ENGINE))
              .build());
      events.add(
          Event.newBuilder()
              .setHealingVerified(
                  HealingVerified.newBuilder()
                      .setService(EngineKilled.ENGINE)
                      .setOutageMillis(saidOutage.toMillis()))
              .build());
    }
    var recorded = new ArrayList<RecordedEvent>();
    for (int i = 0; i < events.size(); i++) {
      if (i + 1 > position) {
        recorded.add(RecordedEvent.newBuilder().setPosition(i + 1).setEvent(events.get(i)).build());
      }
    }
    return recorded;
  }

  @Override
  public Duration recoveryTimeObjective(String level) {
    return Duration.ofHours(2);
  }

  @Override
  public String planHash() {
    return "5f3a";
  }

  @Override
  public List<Long> enginePids() {
    if (!killed) {
      return List.of(OLD);
    }
    return restarts ? List.of(NEW) : List.of();
  }

  @Override
  public void kill(long pid) {
    killed = true;
  }

  @Override
  public int engineHealth() {
    return 200;
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public TradeCount countTrades() {
    var log = new ArrayList<Trade>();
    for (int id = 1; id <= 20; id++) {
      log.add(trade(id, id, OLD, 100L * id));
    }
    if (killed && restarts && trades) {
      for (int id = 21; id <= 40; id++) {
        log.add(trade(id, losesATrade ? id + 1 : id, NEW, 1200 + 100L * id));
      }
      if (oldEngineWritesOn) {
        log.add(trade(41, 41, OLD, 9000));
      }
    }
    return TradeCount.of(log);
  }

  private static Trade trade(long entry, long id, long pid, long millis) {
    Instant at = Instant.parse("2026-11-20T01:00:00Z").plusMillis(millis);
    return new Trade(entry, id, new Engine("trade-a", pid, 0), at);
  }

  @Override
  public URI page() {
    return URI.create("https://127.79.0.1:8443/");
  }

  @Override
  public int fetchPage() {
    return pageStatus;
  }
}
