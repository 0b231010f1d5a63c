package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentEvent.PlanInForce;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.AgentState;
import io.holdfast.core.agent.AgentStep;
import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final Moment NOW = new Moment(1_000, 1_000);
  private static final Set<String> ALLOWED = Set.of("engine", "web");
  private static final HostPlan PLAN =
      new HostPlan(
          "sha256:0123456789abcdef0123456789abcdef",
          "trade-a",
          "test",
          List.of(service("engine"), service("web"), service("other")),
          List.of());

  private static Service service(String name) {
    Check process =
        new Check(
            "process",
            new CheckTiming(Duration.ofSeconds(1), Duration.ofSeconds(5), 3, 1),
            new Probe.ProcessAlive());
    return new Service(name, true, false, "trading", "", List.of("trade-a"), List.of(process));
  }

  private static AgentState planned() {
    AgentState fresh = AgentState.fresh(1, Map.of());
    return AgentStep.step(fresh, new PlanInForce(PLAN, ALLOWED), NOW).next();
  }

  private static AgentState oneDown() {
    AgentState up =
        AgentStep.step(planned(), new ProcessRunning("engine", 7, 500, true), NOW).next();
    return AgentStep.step(up, new ProcessEnded("engine", 7, 1, 0), NOW).next();
  }

  @Test
  void saysWhatIsGuardedByWhichPlanAndWhoHearsOfIt() {
    assertThat(StatusText.of(oneDown(), ALLOWED, "collector-1"))
        .isEqualTo(
            "guards 2 services, 1 only observed, 1 unhealthy, 2 unknown;"
                + " plan sha256:0123456789ab…; collector-1");
  }

  @Test
  void saysThatThereIsNoPlanAndNoCollector() {
    AgentState fresh = AgentState.fresh(1, Map.of());
    assertThat(StatusText.of(fresh, ALLOWED, "no collector"))
        .isEqualTo("guards 0 services; no plan yet; no collector");
  }
}
