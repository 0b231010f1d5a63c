package io.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Plans;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.HostEvent.HealingFailed;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that somebody else than the agent runs anew. */
class RestartedByAnotherTest {

  private static final String ENGINE = "trading_engine";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final AgentWorld world = new AgentWorld();

  private void begin() {
    world.with(Plans.engineAlone(), ENGINE).pass(TEN_SECONDS);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void anActionNamesTheProcessThatWasJudged() {
    begin();
    long pid = world.view(ENGINE).pid();
    world.restartWorks = service -> false;
    world.up.put(ENGINE, false);
    world.pass(A_MINUTE);
    assertThat(judged().getFirst()).isEqualTo(new ProcessFact.Running(pid));
    world.crash(ENGINE);
    world.pass(Duration.ofMinutes(10));
    assertThat(judged().getLast()).isEqualTo(new ProcessFact.Ended(-1, 9, Ending.UNKNOWN));
  }

  private List<ProcessFact> judged() {
    return world.actions.stream()
        .filter(RestartService.class::isInstance)
        .map(action -> ((RestartService) action).judged())
        .toList();
  }

  @Test
  void aFactIsOutdatedByAnotherProcessOnly() {
    assertThat(new ProcessFact.Running(7).isOutdatedBy(8)).isTrue();
    assertThat(new ProcessFact.Running(0).isOutdatedBy(8)).isTrue();
    assertThat(new ProcessFact.Running(7).isOutdatedBy(7)).as("it hangs").isFalse();
    assertThat(new ProcessFact.Running(7).isOutdatedBy(0)).as("it is down").isFalse();
    assertThat(new ProcessFact.Ended(0, 0, Ending.UNKNOWN).isOutdatedBy(8)).isTrue();
    assertThat(new ProcessFact.Ended(0, 0, Ending.UNKNOWN).isOutdatedBy(0)).isFalse();
    assertThat(new ProcessFact.NeverStarted().isOutdatedBy(8)).isTrue();
    assertThat(new ProcessFact.Lost("no D-Bus").isOutdatedBy(8)).isFalse();
    assertThat(new ProcessFact.Unknown().isOutdatedBy(8)).isFalse();
  }

  @Test
  void aRestartThatSomebodyElseDidIsToldAndIsNoAttempt() {
    begin();
    world.overtaken = service -> true;
    for (int i = 0; i < 5; i++) {
      world.crash(ENGINE);
      world.pass(TEN_SECONDS);
      assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    }
    assertThat(reasons()).containsOnly(HeldReason.RESTARTED_BY_ANOTHER);
    assertThat(world.told(HealingHeld.class).getFirst().detail()).isEqualTo("by an operator");
    assertThat(world.told(HealingVerified.class)).isEmpty();
    world.overtaken = service -> false;
    world.crash(ENGINE);
    world.pass(TEN_SECONDS);
    assertThat(world.told(HealingVerified.class))
        .singleElement()
        .satisfies(verified -> assertThat(verified.attempt()).isEqualTo(1));
  }

  @Test
  void whatSomebodyElseStartedHasItsTimeBeforeItIsRestarted() {
    begin();
    world.restartWorks = service -> false;
    world.crash(ENGINE);
    assertThat(world.restarts(ENGINE)).isEqualTo(1);
    world.startupMillis = 20_000;
    world.startedByAnother(ENGINE); // while the second attempt waits
    world.send(new AgentEvent.Woken());
    world.pass(Duration.ofSeconds(25));
    assertThat(world.restarts(ENGINE)).isEqualTo(1);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
    assertThat(reasons()).containsExactly(HeldReason.RESTARTED_BY_ANOTHER);
    assertThat(world.told(HealingFailed.class)).hasSize(1);
  }

  @Test
  void whatSomebodyElseStartedAndDoesNotWorkIsRestartedAfterThatTime() {
    begin();
    world.overtaken = service -> true;
    world.startupMillis = Duration.ofHours(1).toMillis();
    world.crash(ENGINE);
    world.overtaken = service -> false;
    world.startupMillis = 0;
    world.pass(Duration.ofSeconds(29));
    assertThat(world.restarts(ENGINE)).isEqualTo(1);
    world.pass(TEN_SECONDS);
    assertThat(world.restarts(ENGINE)).isEqualTo(2);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void whatSomebodyElseStartedAndEndsAgainIsHealedAtOnce() {
    begin();
    world.overtaken = service -> true;
    world.crash(ENGINE);
    world.overtaken = service -> false;
    world.crash(ENGINE);
    assertThat(world.restarts(ENGINE)).isEqualTo(2);
  }

  @Test
  void whatSomebodyElseStartedAndDidNotLastIsAFailedAttempt() {
    begin();
    world.overtaken = service -> true;
    world.shortLived = true;
    world.crash(ENGINE);
    assertThat(world.restarts(ENGINE)).as("the next one waits").isEqualTo(1);
    world.pass(A_MINUTE);
    assertThat(world.restarts(ENGINE)).isEqualTo(3);
    assertThat(world.told(HealingFailed.class))
        .hasSize(3)
        .extracting(HealingFailed::detail)
        .containsOnly("by an operator; the process killed by signal 9");
  }

  @Test
  void aHoldIsAskedAgainAfterTheServiceWasUnknown() {
    begin();
    world.restartWorks = service -> false;
    world.crash(ENGINE);
    world.pass(A_MINUTE);
    assertThat(reasons()).containsExactly(HeldReason.ATTEMPTS_EXHAUSTED);
    world.send(new AgentEvent.ProcessLost(ENGINE, "no D-Bus"));
    world.answerNow(ENGINE);
    world.up.put(ENGINE, true);
    world.pass(A_MINUTE);
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.UNKNOWN);
    world.restartWorks = service -> true;
    world.crash(ENGINE);
    world.pass(Duration.ofMinutes(15));
    assertThat(world.verdict(ENGINE)).isEqualTo(Verdict.HEALTHY);
  }

  private List<HeldReason> reasons() {
    return world.told(HealingHeld.class).stream().map(HealingHeld::reason).toList();
  }
}
