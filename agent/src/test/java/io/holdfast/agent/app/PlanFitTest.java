package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.agent.AgentEvent.PlanInForce;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.Endpoint;
import io.holdfast.planfile.config.ManagedService;
import io.holdfast.planfile.config.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanFitTest {
  private static final Path FILE = Path.of("/x");

  private static PlanInForce fit(String plannedUnit) {
    Service engine =
        new Service("engine", true, true, "trading", plannedUnit, List.of("a"), List.of());
    AgentConfig config =
        new AgentConfig(
            "a",
            List.of(new Endpoint("c", 1)),
            new TlsFiles(FILE, FILE, FILE),
            FILE,
            FILE,
            Optional.empty(),
            Map.of("engine", new ManagedService.Unit("engine.service")),
            Map.of(),
            Map.of(),
            Map.of(),
            1,
            Optional.empty());
    return PlanFit.of(new HostPlan("h", "a", "s", List.of(engine), List.of()), config);
  }

  @Test
  void whereThePlanNamesTheSameUnitOrNoneTheServiceIsManaged() {
    assertThat(fit("engine.service").managed()).containsExactly("engine");
    assertThat(fit("").managed()).containsExactly("engine");
    assertThat(fit("").contradicted()).isEmpty();
  }

  @Test
  void aPlanCannotWidenTheAllowlistByNamingAnotherUnit() {
    PlanInForce fitted = fit("ssh.service");
    assertThat(fitted.managed()).isEmpty();
    assertThat(fitted.contradicted().get("engine")).contains("ssh.service", "engine.service");
  }
}
