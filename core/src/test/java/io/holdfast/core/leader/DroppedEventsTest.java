package io.holdfast.core.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.Plans;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SentAt;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.leader.LeaderAction.RefuseGap;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.core.plan.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger says after an agent's spool could not keep everything. */
class DroppedEventsTest {
  private final LeaderWorld world =
      new LeaderWorld(
          Plans.service("engine", "trading", true, false),
          Plans.service("api", "trading", true, false),
          Plans.service("web", "reporting", false, false));

  @BeforeEach
  void allHealthy() {
    world.tell("engine", Verdict.UNKNOWN, Verdict.HEALTHY);
    world.tell("api", Verdict.UNKNOWN, Verdict.HEALTHY);
    world.tell("web", Verdict.UNKNOWN, Verdict.HEALTHY);
  }

  @Test
  void theVerdictOfTheServiceIsUnknownUntilItIsTold() {
    drop("api");
    assertThat(service("api").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(service("api").reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.code()).isEqualTo(ReasonCode.EVENTS_DROPPED);
              assertThat(reason.detail()).isEqualTo("42 events");
            });
    assertThat(service("engine").verdict()).isEqualTo(Verdict.HEALTHY);
    stateAgain("api", Verdict.HEALTHY, 5_000, OptionalLong.of(0));
    assertThat(service("api").verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(service("api").sinceWallMillis()).isEqualTo(world.now.wallMillis() - 5_000);
  }

  @Test
  void eventsOfUnknownServicesConcernEveryServiceOfTheHost() {
    drop("");
    assertThat(world.ledger.services().values())
        .hasSize(3)
        .allMatch(service -> service.verdict() == Verdict.UNKNOWN && service.isLost());
  }

  @Test
  void anOutageWhoseEndWasDroppedEndsWhenTheServiceWasGoodAgain() {
    world.tell("api", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.incidents()).singleElement().matches(Incident::isOpen);
    world.pass(Duration.ofSeconds(100));
    drop("");
    assertThat(world.incidents()).as("nobody knows").singleElement().matches(Incident::isOpen);
    stateAgain("api", Verdict.HEALTHY, 70_000, OptionalLong.of(0));
    assertThat(ended(0)).isEqualTo(2_000 + 120_000 - 70_000);
  }

  @Test
  void anOutageThatBeganWhileEventsWereDroppedIsAnother() {
    world.tell("api", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(120));
    drop("api");
    stateAgain("api", Verdict.UNHEALTHY, 30_000, OptionalLong.of(31_000));
    assertThat(ended(0)).isEqualTo(2_000 + 120_000 - 31_000);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.incidents()).hasSize(2);
    assertThat(world.incidents().get(1).isOpen()).isTrue();
    assertThat(world.incidents().get(1).opened().lastGoodWallMillis())
        .isEqualTo(world.now.wallMillis() - 20_000 - 31_000);
  }

  @Test
  void theSameOutageStatedAgainGoesOn() {
    world.tell("api", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(120));
    drop("api");
    stateAgain("api", Verdict.UNHEALTHY, 120_000, OptionalLong.of(122_000));
    assertThat(world.incidents()).singleElement().matches(Incident::isOpen);
    assertThat(service("api").outage().orElseThrow().startWallMillis())
        .isEqualTo(world.now.wallMillis() - 122_000);
  }

  @Test
  void whatWasDroppedMakesNoIncidentWorse() {
    world.tell("web", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(20));
    drop("");
    world.pass(Duration.ofSeconds(20));
    assertThat(world.incidents()).singleElement().matches(it -> it.level() == Level.P3);
  }

  @Test
  void aHostWhoseClockIsAnHourAheadIsDatedByTheCollectorsClock() {
    Moment there = new Moment(500_000, world.now.wallMillis() + 3_600_000);
    SpooledEvent down =
        new SpooledEvent(
            4,
            3,
            new Moment(470_000, there.wallMillis() - 7_000_000),
            "boot",
            world.verdict("api", Verdict.HEALTHY, Verdict.UNHEALTHY));
    world.deliver(new Delivery(List.of(down), Optional.of(new SentAt(there, "boot")), true));
    assertThat(service("api").outage().orElseThrow().noticedWallMillis())
        .isEqualTo(world.now.wallMillis() - 30_000);
    assertThat(service("api").outage().orElseThrow().startWallMillis())
        .isEqualTo(world.now.wallMillis() - 32_000);
  }

  @Test
  void anEventOfAnEarlierBootIsDatedByHowFarTheHostsClockIsOff() {
    SentAt sent = new SentAt(new Moment(1_000, 10_000_000), "boot-2");
    SpooledEvent event =
        new SpooledEvent(
            1, 0, new Moment(900_000, 9_940_000), "boot-1", new HostEvent.PlanStored(""));
    assertThat(sent.happenedWallMillis(event, 500_000_000)).isEqualTo(499_940_000);
  }

  @Test
  void anUnknownSpoolBeginsOnlyWithTheFirstBatchOfAStream() {
    LeaderWorld young = new LeaderWorld(Plans.service("api", "trading", true, false));
    SpooledEvent lost = young.spooled(new HostEvent.ServiceStarted("api", 1));
    SpooledEvent later = young.spooled(new HostEvent.ServiceStarted("api", 2));
    young.deliver(new Delivery(List.of(later), Optional.empty(), false));
    assertThat(young.actions.getLast()).isInstanceOf(RefuseGap.class);
    assertThat(young.ledger.history().total()).isZero();
    young.deliver(lost);
    young.deliver(new Delivery(List.of(later), Optional.empty(), false));
    assertThat(young.ledger.history().total()).isEqualTo(2);
  }

  private void drop(String service) {
    long wall = world.now.wallMillis();
    world.deliver(world.spooled(new EventsDropped(service, 42, 1, 2, wall, wall)));
  }

  private void stateAgain(String service, Verdict verdict, long sinceAgo, OptionalLong goodAgo) {
    world.deliver(
        world.spooled(
            new VerdictChanged(
                service, Verdict.UNKNOWN, verdict, List.of(), 0, goodAgo, sinceAgo)));
  }

  private ServiceState service(String name) {
    return world.ledger.service(new ServiceKey("trade-a", name));
  }

  private long ended(int incident) {
    return world.incidents().get(incident).ended().orElseThrow().outageMillis();
  }
}
