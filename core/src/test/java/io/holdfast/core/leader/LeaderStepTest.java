package io.holdfast.core.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Plans;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.leader.LeaderAction.AcknowledgeEvents;
import io.holdfast.core.leader.LeaderAction.AnswerPlan;
import io.holdfast.core.leader.LeaderAction.RefuseGap;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderStepTest {

  private static final Service ENGINE = Plans.service("trading_engine", "trading", true, true);
  private static final Service API = Plans.service("api_server", "trading", true, false);
  private static final Service WEB = Plans.service("web_ui", "reporting", false, false);
  private static final Service DATA = Plans.service("data_collector", "trading", false, false);

  private final LeaderWorld world = new LeaderWorld(ENGINE, API, WEB, DATA);

  private void allHealthy() {
    for (Service service : List.of(ENGINE, API, WEB, DATA)) {
      world.tell(service.name(), Verdict.UNKNOWN, Verdict.HEALTHY);
    }
  }

  @Test
  void opensNoIncidentWhenHealingWorksWithinTenSeconds() {
    allHealthy();
    world.tell("trading_engine", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(9));
    world.tell("trading_engine", Verdict.UNHEALTHY, Verdict.HEALTHY);
    world.pass(Duration.ofSeconds(60));
    assertThat(world.incidents()).isEmpty();
  }

  @Test
  void opensAnIncidentAfterTenSecondsAndMeasuresFromLastKnownGoodToRecovery() {
    allHealthy();
    world.tell("trading_engine", Verdict.HEALTHY, Verdict.UNHEALTHY);
    long noticed = world.now.wallMillis();
    world.pass(Duration.ofSeconds(20));
    Incident incident = world.incidents().getFirst();
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.level()).isEqualTo(Level.P2);
    assertThat(incident.opened().openedWallMillis()).isBetween(noticed + 10_000, noticed + 10_500);
    assertThat(incident.opened().lastGoodWallMillis()).isEqualTo(noticed - 2_000);

    world.tell("trading_engine", Verdict.UNHEALTHY, Verdict.HEALTHY);
    Incident ended = world.incidents().getFirst();
    assertThat(ended.isOpen()).isFalse();
    assertThat(ended.ended().orElseThrow().outageMillis()).isEqualTo(22_000);
  }

  @Test
  void recordsTheIncidentOfAnOutageThatWasOverBeforeItWasTold() {
    allHealthy();
    SpooledEvent down =
        world.spooled(world.verdict("api_server", Verdict.HEALTHY, Verdict.UNHEALTHY));
    world.now = world.now.plus(Duration.ofSeconds(40));
    SpooledEvent up =
        world.spooled(world.verdict("api_server", Verdict.UNHEALTHY, Verdict.HEALTHY));
    world.now = world.now.plus(Duration.ofMinutes(5));
    world.deliver(down, up);
    Incident incident = world.incidents().getFirst();
    assertThat(incident.isOpen()).isFalse();
    assertThat(incident.ended().orElseThrow().outageMillis()).isEqualTo(42_000);
  }

  @Test
  void raisesTheLevelWhenMoreBreaksAndNeverLowersIt() {
    allHealthy();
    world.tell("web_ui", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(11));
    assertThat(world.incidents().getFirst().level()).isEqualTo(Level.P3);
    world.tell("trading_engine", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.tell("api_server", Verdict.HEALTHY, Verdict.UNHEALTHY);
    assertThat(world.incidents().getFirst().level()).isEqualTo(Level.P1);
    world.tell("api_server", Verdict.UNHEALTHY, Verdict.HEALTHY);
    assertThat(world.incidents().getFirst().level()).isEqualTo(Level.P1);
  }

  @Test
  void classifiesByImpact() {
    allHealthy();
    world.tell("data_collector", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(11));
    assertThat(world.incidents().getFirst().level()).isEqualTo(Level.P4);
  }

  @Test
  void startsThePatienceAnewUnderANewLeader() {
    allHealthy();
    world.tell("trading_engine", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(6));
    world.leader = LeaderState.NEW;
    world.pass(Duration.ofSeconds(6));
    assertThat(world.incidents()).isEmpty();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.incidents()).hasSize(1);
  }

  @Test
  void acknowledgesADuplicateWithoutRecordingIt() {
    SpooledEvent event = world.spooled(new HostEvent.PlanStored("sha256:test"));
    world.deliver(event);
    world.deliver(event);
    assertThat(world.ledger.history().total()).isEqualTo(1);
    assertThat(world.actions)
        .filteredOn(AcknowledgeEvents.class::isInstance)
        .containsExactly(new AcknowledgeEvents(7, 1), new AcknowledgeEvents(7, 1));
  }

  @Test
  void refusesAGapAndSaysWhereToGoOn() {
    world.deliver(world.spooled(new HostEvent.PlanStored("a")));
    world.spooled(new HostEvent.PlanStored("lost on the way"));
    world.deliver(world.spooled(new HostEvent.PlanStored("b")));
    assertThat(world.actions.getLast()).isEqualTo(new RefuseGap(7, 1));
    assertThat(world.ledger.history().total()).isEqualTo(1);
  }

  @Test
  void takesAPlanOnceAndEndsIncidentsOfServicesThatItDropped() {
    allHealthy();
    world.tell("web_ui", Verdict.HEALTHY, Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(11));
    world.take(new LeaderEvent.PlanSubmitted(world.plan, "text", "admin", 2));
    assertThat(world.actions.getLast()).isEqualTo(new AnswerPlan(2, "sha256:test", false));

    var smaller = new LeaderWorld(ENGINE, API).plan;
    var renamed =
        new Plan(
            "sha256:other",
            smaller.system(),
            smaller.objectives(),
            smaller.hosts(),
            smaller.sites(),
            smaller.checks(),
            smaller.services(),
            smaller.healing());
    world.take(new LeaderEvent.PlanSubmitted(renamed, "text", "admin", 3));
    assertThat(world.actions.getLast()).isEqualTo(new AnswerPlan(3, "sha256:other", true));
    assertThat(world.incidents().getFirst().ended().orElseThrow().recovered()).isFalse();
    assertThat(world.ledger.services()).hasSize(2);
  }

  @Test
  void refusesAPlanThatWouldStartAnExclusiveServiceOnASecondHost() {
    Plan moved = movedTo("trade-b", ENGINE);
    world.take(new LeaderEvent.PlanSubmitted(moved, "text", "admin", 9));
    assertThat(world.actions.getLast())
        .isInstanceOfSatisfying(
            LeaderAction.RefusePlan.class,
            refused -> {
              assertThat(refused.service()).isEqualTo("trading_engine");
              assertThat(refused.message()).contains("trade-a").contains("trade-b");
            });
    assertThat(world.ledger.planInForce().orElseThrow().hash()).isEqualTo("sha256:test");
  }

  @Test
  void takesAPlanThatMovesAServiceThatMayRunTwice() {
    world.take(new LeaderEvent.PlanSubmitted(movedTo("trade-b", API), "text", "admin", 9));
    assertThat(world.actions.getLast()).isEqualTo(new AnswerPlan(9, "sha256:moved", true));
  }

  private Plan movedTo(String host, Service service) {
    Map<String, Service> services = new LinkedHashMap<>(world.plan.services());
    services.put(
        service.name(),
        new Service(
            service.name(),
            service.critical(),
            service.exclusive(),
            service.module(),
            service.unit(),
            List.of(host),
            service.checks()));
    return new Plan(
        "sha256:moved",
        world.plan.system(),
        world.plan.objectives(),
        world.plan.hosts(),
        world.plan.sites(),
        world.plan.checks(),
        services,
        world.plan.healing());
  }
}
