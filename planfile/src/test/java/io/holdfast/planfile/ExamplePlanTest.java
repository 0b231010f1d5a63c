package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Objective;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.SystemInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped example says what the recovery plan's document says. */
class ExamplePlanTest {

  private static final Path EXAMPLE = Path.of("../docs/examples/ai-trader.plan.yaml");

  private final Plan plan = read();

  private static Plan read() {
    PlanResult result = PlanReader.read(EXAMPLE);
    assertThat(result).isInstanceOf(PlanResult.Valid.class);
    return ((PlanResult.Valid) result).plan();
  }

  @Test
  void hasTheObjectivesOfTheDocument() {
    assertThat(plan.objectives())
        .containsExactly(
            Map.entry(Level.P1, new Objective(Duration.ofHours(4), Duration.ofMinutes(15))),
            Map.entry(Level.P2, new Objective(Duration.ofHours(2), Duration.ofMinutes(5))),
            Map.entry(Level.P3, new Objective(Duration.ofHours(8), Duration.ofHours(1))),
            Map.entry(Level.P4, new Objective(Duration.ofHours(24), Duration.ofHours(4))));
  }

  @Test
  void hasTheThresholdsOfTheDocument() {
    assertThat(plan.checks())
        .isEqualTo(new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(10), 3, 2));
  }

  @Test
  void hasTheServicesOfTheDocumentWithTheirTimeouts() {
    assertThat(plan.services().values())
        .extracting(
            Service::name, Service::critical, s -> lastCheck(s).timing().timeout().toSeconds())
        .containsExactly(
            tuple("database", true, 10L),
            tuple("api_server", true, 5L),
            tuple("trading_engine", true, 15L),
            tuple("data_collector", false, 20L),
            tuple("web_ui", false, 10L));
  }

  @Test
  void hasTheHealingRulesOfTheDocument() {
    HealingRule down = HealingRule.withDefaults(Trigger.SERVICE_DOWN, Action.RESTART_SERVICE);
    HealingRule memory =
        HealingRule.withDefaults(Trigger.HIGH_MEMORY_USAGE, Action.RESTART_APPLICATION);
    assertThat(down.maxAttempts()).isEqualTo(3);
    assertThat(down.backoffFactor()).isEqualTo(2);
    assertThat(memory.threshold()).isEqualTo(0.95);
    assertThat(memory.cooldown()).isEqualTo(Duration.ofSeconds(300));
    assertThat(plan.healing()).containsExactly(down, memory);
  }

  @Test
  void placesEveryServiceOnThePrimarySite() {
    assertThat(plan.system()).isEqualTo(new SystemInfo("ai-trader", "zh-TW", "Asia/Taipei"));
    assertThat(plan.services().values()).allMatch(s -> s.runsOn().equals(List.of("trade-a")));
    assertThat(plan.siteOf("trade-b").orElseThrow().name()).isEqualTo("standby");
    assertThat(plan.sites().get("cloud").repository()).isEqualTo(Optional.of("s3-dr"));
  }

  @Test
  void checksEveryServiceByItsProcessEachSecondAndByItsProbe() {
    assertThat(plan.services().values())
        .allSatisfy(
            service -> {
              Check first = service.checks().get(0);
              assertThat(first.name()).isEqualTo("process");
              assertThat(first.timing().interval()).isEqualTo(Duration.ofSeconds(1));
            });
    assertThat(plan.services().values().stream().map(s -> lastCheck(s).probe()))
        .containsExactly(
            new Probe.Postgres("trading"),
            new Probe.Http("http://127.0.0.1:8000/health"),
            new Probe.Http("http://127.0.0.1:8001/health"),
            new Probe.FileAge("/var/lib/collector/last", Duration.ofMinutes(2)),
            new Probe.Tcp("127.0.0.1", 8080));
  }

  @Test
  void hasTheHashOfItsBytes() throws IOException {
    assertThat(plan.hash())
        .matches("sha256:[0-9a-f]{64}")
        .isEqualTo(PlanReader.hash(Files.readAllBytes(EXAMPLE)));
  }

  private static Check lastCheck(Service service) {
    return service.checks().get(service.checks().size() - 1);
  }
}
