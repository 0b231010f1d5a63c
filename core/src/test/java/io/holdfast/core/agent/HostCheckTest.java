package io.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Plans;
import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check of the host beside those of the service. */
class HostCheckTest {
  private static final String DATABASE = "database";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AgentWorld world = new AgentWorld();

  private static HostPlan plan() {
    CheckTiming timing = new CheckTiming(MINUTE, Duration.ofSeconds(10), 3, 2);
    Check write = new Check("write", timing, new Probe.Write("disk", Duration.ofSeconds(2)));
    Service database =
        new Service(
            DATABASE,
            true,
            true,
            "trading",
            "",
            List.of("trade-a"),
            List.of(Plans.PROCESS, Plans.HTTP, write));
    return Plans.of(List.of(database), Plans.restartRule()).compileFor("trade-a").orElseThrow();
  }

  private long writes() {
    return world.actions.stream()
        .filter(action -> action instanceof RunProbe run && run.check().probe().isOfHost())
        .count();
  }

  @Test
  void aSlowDiskIsToldAndNeverAnsweredByARestart() {
    world.with(plan(), DATABASE).pass(MINUTE);
    world.disk = new ProbeResult.Failed(ReasonCode.WRITE_TOO_SLOW, "a write took 3.1 s");
    world.pass(Duration.ofMinutes(2));
    assertThat(world.verdict(DATABASE)).isEqualTo(Verdict.UNHEALTHY);
    assertThat(world.told(VerdictChanged.class).getLast().reasons().getFirst().detail())
        .isEqualTo("a write took 3.1 s");
    assertThat(world.told(HealingHeld.class).getLast().reason())
        .isEqualTo(HeldReason.RESTART_CANNOT_HELP);
    assertThat(world.restarts(DATABASE)).isZero();
    world.disk = new ProbeResult.Passed();
    world.pass(Duration.ofMinutes(2));
    assertThat(world.verdict(DATABASE)).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void theEndAndTheRestartOfTheServiceAskTheDiskNothing() {
    world.with(plan(), DATABASE).pass(Duration.ofSeconds(10));
    long before = writes();
    world.crash(DATABASE);
    world.pass(Duration.ofSeconds(10));
    assertThat(world.told(HealingVerified.class)).hasSize(1);
    assertThat(world.verdict(DATABASE)).isEqualTo(Verdict.HEALTHY);
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  void theTimeOfAWriteIsNotTheServicesAnswer() {
    world.answerMillis = 7;
    world.with(plan(), DATABASE).pass(Duration.ofSeconds(5));
    assertThat(world.view(DATABASE).answerMillis()).hasValue(7);
    world.answerMillis = 900;
    long before = writes();
    world.pass(Duration.ofSeconds(57));
    assertThat(writes()).isGreaterThan(before);
    world.answerMillis = 7;
    world.pass(Duration.ofSeconds(30));
    assertThat(world.view(DATABASE).answerMillis()).hasValue(7);
  }
}
