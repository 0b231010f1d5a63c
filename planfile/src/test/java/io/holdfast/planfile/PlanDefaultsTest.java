package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDefaultsTest {

  @Test
  void aMinimalPlanHasTheDocumentedDefaults() {
    Plan plan = PlanTexts.valid(PlanTexts.MINIMAL);
    assertThat(plan.system().locale()).isEqualTo("en");
    assertThat(plan.system().timezone()).isEqualTo("UTC");
    assertThat(plan.sites()).isEmpty();
    assertThat(plan.healing()).isEmpty();
    assertThat(plan.checks())
        .isEqualTo(new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(10), 3, 2));
    Service engine = plan.services().get("engine");
    assertThat(engine.critical()).isFalse();
    assertThat(engine.exclusive()).isFalse();
    assertThat(engine.checks()).hasSize(1);
    assertThat(engine.checks().get(0).timing())
        .isEqualTo(new CheckTiming(Duration.ofSeconds(1), Duration.ofSeconds(10), 3, 2));
  }

  @Test
  void aServiceOverridesTheTimingOfAllChecks() {
    Plan plan =
        PlanTexts.valid(
            PlanTexts.MINIMAL
                + "    tcp: {port: 80}\n"
                + "    interval: 5s\n    timeout: 500ms\n"
                + "    failure_threshold: 4\n    recovery_threshold: 1\n"
                + "checks: {interval: 1m, timeout: 20s, failure_threshold: 9}\n");
    CheckTiming tcp = plan.services().get("engine").checks().get(1).timing();
    assertThat(tcp).isEqualTo(new CheckTiming(Duration.ofSeconds(5), Duration.ofMillis(500), 4, 1));
    assertThat(plan.checks())
        .isEqualTo(new CheckTiming(Duration.ofMinutes(1), Duration.ofSeconds(20), 9, 2));
  }

  @Test
  void aServiceWithoutUnitHasNoProcessCheckUnlessItAsksForOne() {
    String bare = PlanTexts.MINIMAL.replace("unit: engine.service", "tcp: {port: 80}");
    assertThat(PlanTexts.valid(bare).services().get("engine").checks())
        .extracting(check -> check.probe())
        .containsExactly(new Probe.Tcp("127.0.0.1", 80));
    assertThat(PlanTexts.valid(bare + "    process: {}\n").services().get("engine").checks())
        .extracting(check -> check.name())
        .containsExactly("process", "tcp");
  }

  @Test
  void aServiceMayRunOnAHostAListOrASite() {
    String sites = "sites: {primary: {hosts: [trade-b, trade-a]}}\n";
    assertThat(runsOn("trade-b", sites)).containsExactly("trade-b");
    assertThat(runsOn("[trade-b, trade-a]", sites)).containsExactly("trade-b", "trade-a");
    assertThat(runsOn("site/primary", sites)).containsExactly("trade-b", "trade-a");
    assertThat(runsOn("[site/primary]", sites)).containsExactly("trade-b", "trade-a");
  }

  private static List<String> runsOn(String value, String sites) {
    String text = PlanTexts.MINIMAL.replace("runs_on: trade-a", "runs_on: " + value) + sites;
    return PlanTexts.valid(text).services().get("engine").runsOn();
  }

  @Test
  void aHealingRuleHasTheDefaultsOfCore() {
    Plan plan =
        PlanTexts.valid(
            PlanTexts.MINIMAL
                + "healing:\n"
                + "  - {trigger: service_down, action: restart_service}\n"
                + "  - {trigger: high_memory_usage, action: restart_application}\n");
    assertThat(plan.healing())
        .containsExactly(
            HealingRule.withDefaults(Trigger.SERVICE_DOWN, Action.RESTART_SERVICE),
            HealingRule.withDefaults(Trigger.HIGH_MEMORY_USAGE, Action.RESTART_APPLICATION));
  }

  @Test
  void anAnchorMayNameAValueThatIsUsedAgain() {
    String text =
        PlanTexts.MINIMAL.replace("{rto: 4h, rpo: 15m}", "&o {rto: 4h, rpo: 15m}\n  P2: *o");
    assertThat(PlanTexts.valid(text).objectives().values())
        .hasSize(2)
        .containsOnly(PlanTexts.valid(text).objectives().values().iterator().next());
  }

  @Test
  void aFileWithAByteOrderMarkIsReadAndHashedAsItIs(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("plan.yaml");
    byte[] bytes = ("\uFEFF" + PlanTexts.MINIMAL).getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    PlanResult.Valid valid = (PlanResult.Valid) PlanReader.read(file);
    assertThat(valid.plan().hash()).isEqualTo(PlanReader.hash(bytes));
    assertThat(valid.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
  }
}
