package io.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.Plans;
import io.holdfast.core.agent.HostEvent.HealingFailed;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.agent.HostEvent.HealingStarted;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HostPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentStepTest {

  private static final String ENGINE = "trading_engine";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final AgentWorld world = new AgentWorld();

  @Test
  void restartsAKilledServiceAtOnceAndVerifiesIt() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);

    world.crash(ENGINE);
    assertThat(world.restarts(ENGINE)).isEqualTo(1);
    world.pass(Duration.ofSeconds(3));

    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    assertThat(world.told(HealingVerified.class))
        .singleElement()
        .satisfies(
            verified -> {
              assertThat(verified.attempt()).isEqualTo(1);
              assertThat(verified.actionMillis()).isBetween(1L, 2_000L);
              // The http check last passed when the plan came, ten seconds before the crash.
              assertThat(verified.outageMillis()).hasValue(10_000 + verified.actionMillis());
            });
  }

  @Test
  void callsARestartedServiceHealthyOnlyOnceEveryCheckHasRecoveredSince() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.startupMillis = 6_000;
    world.crash(ENGINE);
    world.pass(Duration.ofSeconds(6));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.UNHEALTHY);
    world.pass(Duration.ofSeconds(4));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    assertThat(world.restarts(ENGINE)).isEqualTo(1);
    HealingVerified verified = world.told(HealingVerified.class).getFirst();
    assertThat(verified.outageMillis().orElseThrow()).isEqualTo(10_000 + verified.actionMillis());
    assertThat(verified.actionMillis()).isBetween(7_000L, 8_100L);
  }

  @Test
  void tellsTheVerdictWithItsReasonBeforeItHeals() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.crash(ENGINE);
    VerdictChanged down = world.told(VerdictChanged.class).getLast();
    assertThat(down.to()).isEqualTo(Verdict.UNHEALTHY);
    assertThat(down.reasons().getFirst().code()).isEqualTo(ReasonCode.PROCESS_EXITED);
    assertThat(down.reasons().getFirst().detail()).isEqualTo("killed by signal 9");
    assertThat(world.events.indexOf(down))
        .isLessThan(world.events.indexOf(world.told(HealingStarted.class).getFirst()));
  }

  @Test
  void tellsWhatSystemdSaysOfAnEnd() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.up.put(ENGINE, false);
    Ending ending = new Ending("oom-kill", 2, List.of("a", "b\u001b[2J\u202ec", "", "d", "e", "f"));
    world.send(new AgentEvent.ProcessEnded(ENGINE, 1, -1, 9, ending));
    HostEvent.ServiceExited exited = world.told(HostEvent.ServiceExited.class).getFirst();
    assertThat(exited.ending().lastLines()).containsExactly("a", "b [2J c", "d", "e", "f");
    assertThat(exited.ending().restarts()).isEqualTo(2);
    assertThat(world.told(VerdictChanged.class).getLast().reasons().getFirst().detail())
        .isEqualTo("killed by signal 9 (oom-kill)");
  }

  @Test
  void aServiceThatNobodyCanAskForIsUnknownAndNotRestarted() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.send(new AgentEvent.ProcessLost(ENGINE, "no D-Bus"));
    world.pass(Duration.ofMinutes(2));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.UNKNOWN);
    assertThat(world.restarts(ENGINE)).isZero();
    assertThat(world.told(VerdictChanged.class).getLast().reasons().getFirst().detail())
        .isEqualTo("no D-Bus");
    world.send(new AgentEvent.ProcessRunning(ENGINE, 1, 1, true));
    world.pass(TEN_SECONDS);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void tellsOnceThatPlanAndHostNameDifferentUnits() {
    AgentEvent plan =
        new AgentEvent.PlanInForce(Plans.engineAlone(), Set.of(), Map.of(ENGINE, "two units"));
    world.send(plan);
    world.send(plan);
    assertThat(world.told(HealingHeld.class)).hasSize(1);
    assertThat(world.told(HealingHeld.class).getFirst().reason())
        .isEqualTo(HeldReason.NOT_MANAGED_HERE);
    assertThat(world.told(HealingHeld.class).getFirst().detail()).isEqualTo("two units");
  }

  @Test
  void healsAServiceThatRunsButAnswersWrongOnlyAfterTheFailureThreshold() {
    world.with(Plans.engineAlone(), ENGINE).pass(Duration.ofSeconds(29));
    world.up.put(ENGINE, false);
    world.restartWorks = service -> false;
    world.pass(Duration.ofMillis(1_500));
    assertThat(world.restarts(ENGINE)).as("one failure of three").isZero();
    world.pass(Duration.ofSeconds(3));
    assertThat(world.restarts(ENGINE)).isPositive();
  }

  @Test
  void backsOffBetweenAttemptsThenGivesUpAndRearmsAfterQuiet() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.restartWorks = service -> false;
    world.crash(ENGINE);
    world.pass(Duration.ofMinutes(5));
    assertThat(world.restarts(ENGINE)).isEqualTo(3);
    List<HealingFailed> failed = world.told(HealingFailed.class);
    assertThat(failed.get(0).retryInMillis().orElseThrow()).isBetween(1_000L, 1_100L);
    assertThat(failed.get(1).retryInMillis().orElseThrow()).isBetween(2_000L, 2_200L);
    assertThat(failed.get(2).retryInMillis()).isEmpty();
    assertThat(world.told(HealingHeld.class))
        .extracting(HealingHeld::reason)
        .containsExactly(HeldReason.ATTEMPTS_EXHAUSTED);

    world.restartWorks = service -> true;
    world.pass(Duration.ofMinutes(6));
    assertThat(world.restarts(ENGINE)).isEqualTo(4);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void tellsWhyARestartFailedInABoundedLine() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.restartWorks = service -> false;
    world.whyNot = "no such\nprogram " + "x".repeat(10_000);
    world.crash(ENGINE);
    assertThat(world.told(HealingFailed.class).getFirst().detail())
        .startsWith("no such program xxx")
        .endsWith("x…")
        .hasSize(200);
  }

  @Test
  void staysWithinItsBudgetWhenAServiceKeepsCrashing() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    for (int i = 0; i < 40; i++) {
      world.crash(ENGINE);
      world.pass(Duration.ofMinutes(11));
    }
    assertThat(world.restarts(ENGINE)).as("7 h 20 min, at most 10 an hour").isLessThanOrEqualTo(80);
    assertThat(world.told(HealingHeld.class)).isEmpty();
  }

  @Test
  void observesWhatItMayNotStartAndSaysSoOnce() {
    world.with(Plans.engineAlone()).pass(Duration.ofMinutes(5));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.UNHEALTHY);
    assertThat(world.restarts(ENGINE)).isZero();
    assertThat(world.told(HealingHeld.class))
        .extracting(HealingHeld::reason)
        .containsExactly(HeldReason.NOT_MANAGED_HERE);
  }

  @Test
  void startsWhatWasNeverStartedWithoutCallingItHealing() {
    world.send(new AgentEvent.ProcessNeverStarted(ENGINE));
    world.send(new AgentEvent.PlanInForce(Plans.engineAlone(), java.util.Set.of(ENGINE)));
    world.pass(TEN_SECONDS);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    assertThat(world.told(HealingStarted.class)).isEmpty();
  }

  @Test
  void ignoresTheAnswerOfAProbeThatSpeaksOfADeadProcess() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.restartWorks = service -> false;
    world.crash(ENGINE);
    world.send(
        new AgentEvent.ProbeFinished(
            ENGINE, "http", 2, new io.holdfast.core.health.ProbeResult.Passed(), 1));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.UNHEALTHY);
  }

  @Test
  void tellsWhenItJudgedThoughTheVerdictStays() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    Moment first = world.view(ENGINE).judged().orElseThrow();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.view(ENGINE).judged().orElseThrow().millisSince(first)).isEqualTo(2_000);
    assertThat(world.told(VerdictChanged.class)).hasSize(1);
  }

  @Test
  void tellsWhatTheNewestAnswersTookAndNothingWhenNoneCame() {
    world.answerMillis = 42;
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    assertThat(world.view(ENGINE).answerMillis()).hasValue(42);

    world.restartWorks = service -> false;
    world.crash(ENGINE);
    assertThat(world.view(ENGINE).judged()).hasValue(world.now);
    assertThat(world.view(ENGINE).answerMillis()).as("a refusal is no answer").isEmpty();
  }

  @Test
  void hasJudgedNothingBeforeTheFirstAnswer() {
    Step step =
        AgentStep.step(
            AgentState.fresh(1, Map.of()),
            new AgentEvent.PlanInForce(Plans.httpAlone(), Set.of(ENGINE)),
            new Moment(0, 1_000));
    assertThat(step.next().views().getFirst().judged()).isEmpty();
  }

  @Test
  void takesAHangingProbeForNoAnswerAndGoesOnWithTheOthers() {
    HostPlan plan = Plans.engineAlone();
    AgentState state = AgentState.fresh(1, Map.of());
    Step step =
        AgentStep.step(
            state,
            new AgentEvent.PlanInForce(plan, java.util.Set.of(ENGINE)),
            new io.holdfast.core.Moment(0, 0));
    assertThat(step.actions()).anyMatch(AgentAction.RunProbe.class::isInstance);
    assertThat(step.wakeAtBoot()).as("the process check goes on").isLessThanOrEqualTo(1_000);
    step =
        AgentStep.step(step.next(), new AgentEvent.Woken(), new io.holdfast.core.Moment(10_000, 0));
    assertThat(step.next().views().getFirst().verdict().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void restartsTheLargestServiceWhenMemoryStaysShortThenCoolsDown() {
    HostPlan plan =
        Plans.of(
                List.of(
                    Plans.service(ENGINE, "trading", true, true),
                    Plans.service("api_server", "trading", true, false),
                    Plans.service("web_ui", "reporting", false, false)),
                Plans.restartRule(),
                Plans.memoryRule())
            .compileFor("trade-a")
            .orElseThrow();
    world.with(plan, ENGINE, "api_server", "web_ui").pass(TEN_SECONDS);
    Map<String, Long> resident = Map.of(ENGINE, 900L, "api_server", 500L, "web_ui", 100L);
    for (int second = 0; second < 60; second++) {
      world.send(new AgentEvent.MemorySampled(10_000, 400, resident));
      world.pass(Duration.ofSeconds(1));
    }
    assertThat(world.restarts("api_server")).isEqualTo(1);
    assertThat(world.restarts(ENGINE)).as("exclusive: only when named").isZero();
    assertThat(world.told(HealingHeld.class))
        .extracting(HealingHeld::reason)
        .containsExactly(HeldReason.COOLDOWN);
  }

  @Test
  void leavesMemoryAloneThatIsShortForAMoment() {
    HostPlan plan =
        Plans.of(List.of(Plans.service("api_server", "trading", true, false)), Plans.memoryRule())
            .compileFor("trade-a")
            .orElseThrow();
    world.with(plan, "api_server").pass(TEN_SECONDS);
    for (int second = 0; second < 60; second++) {
      world.send(new AgentEvent.MemorySampled(10_000, second % 5 == 0 ? 9_000 : 10, Map.of()));
      world.pass(Duration.ofSeconds(1));
    }
    assertThat(world.restarts("api_server")).isZero();
  }

  @Test
  void keepsWhatItKnowsWhenAPlanThatChangesOtherThingsComes() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    HostPlan changed =
        Plans.of(
                List.of(
                    Plans.service(ENGINE, "trading", true, true),
                    Plans.service("web_ui", "reporting", false, false)),
                Plans.restartRule())
            .compileFor("trade-a")
            .orElseThrow();
    world.send(new AgentEvent.PlanInForce(changed, java.util.Set.of(ENGINE)));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    assertThat(world.verdict("web_ui")).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void measuresFromTheLastGoodInstantOfTheAgentBeforeIt() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    Map<String, ServiceMemory> left = world.state.memories();
    world.up.put(ENGINE, false);

    world.state = AgentState.fresh(1, left);
    world.pass(Duration.ofSeconds(5));
    world.send(new AgentEvent.ProcessEnded(ENGINE, 100, -1, 9));
    world.send(new AgentEvent.PlanInForce(Plans.engineAlone(), java.util.Set.of(ENGINE)));
    world.pass(Duration.ofSeconds(5));

    HealingVerified verified = world.told(HealingVerified.class).getFirst();
    assertThat(verified.outageMillis().orElseThrow()).isBetween(15_000L, 19_000L);
  }

  @Test
  void verifiesTheRestartThatTheAgentBeforeItBegan() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.startupMillis = 60_000;
    world.crash(ENGINE);
    Map<String, ServiceMemory> left = world.state.memories();
    world.told(HealingVerified.class).forEach(verified -> assertThat(verified).isNull());

    world.state = AgentState.fresh(1, left);
    world.startupMillis = 0;
    world.answerNow(ENGINE);
    world.send(new AgentEvent.ProcessRunning(ENGINE, 101, 0, true));
    world.send(new AgentEvent.PlanInForce(Plans.engineAlone(), java.util.Set.of(ENGINE)));
    world.pass(Duration.ofSeconds(3));

    assertThat(world.restarts(ENGINE)).as("not restarted again").isEqualTo(1);
    assertThat(world.told(HealingVerified.class).getFirst().attempt()).isEqualTo(1);
  }

  @Test
  void goesOnCountingAttemptsWhereTheAgentBeforeItStopped() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    world.restartWorks = service -> false;
    world.crash(ENGINE);
    for (int agents = 0; agents < 6; agents++) {
      Map<String, ServiceMemory> left = world.state.memories();
      world.state = AgentState.fresh(agents, left);
      world.send(new AgentEvent.ProcessEnded(ENGINE, 100, -1, 9));
      world.send(new AgentEvent.PlanInForce(Plans.engineAlone(), java.util.Set.of(ENGINE)));
      world.pass(TEN_SECONDS);
    }
    assertThat(world.restarts(ENGINE)).isEqualTo(3);
  }

  @Test
  void statesItsVerdictsAgainOnceTheLedgerKnowsThatEventsWereDropped() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    long changed = world.state.views().getFirst().since().bootMillis();
    world.events.clear();

    world.send(new AgentEvent.DropRecorded(java.util.Set.of("another_service")));
    assertThat(world.told(VerdictChanged.class)).isEmpty();
    world.send(new AgentEvent.DropRecorded(java.util.Set.of()));

    VerdictChanged told = world.told(VerdictChanged.class).getFirst();
    assertThat(told.from()).isEqualTo(Verdict.UNKNOWN);
    assertThat(told.to()).isEqualTo(Verdict.HEALTHY);
    assertThat(told.sinceAgoMillis()).isEqualTo(world.now.bootMillis() - changed).isPositive();
  }
}
