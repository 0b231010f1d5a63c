package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.plan.HealingRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealingRulesTest {

  private static final String DOWN = "trigger: service_down, action: restart_service";
  private static final String MEMORY = "trigger: high_memory_usage, action: restart_application";

  private static String plan(String... rules) {
    return PlanTexts.MINIMAL
        + "healing:\n"
        + String.join("", List.of(rules).stream().map(rule -> "  - {" + rule + "}\n").toList());
  }

  private static List<String> problems(String... rules) {
    return PlanTexts.problems(plan(rules)).stream()
        .map(problem -> problem.replaceFirst("plan.yaml:\\d+:\\d+: ", ""))
        .toList();
  }

  @Test
  void readsEveryKeyOfBothTriggers() {
    List<HealingRule> rules =
        PlanTexts.valid(
                plan(
                    DOWN
                        + ", service: engine, max_attempts: 5, backoff_factor: 1.5,"
                        + " initial_backoff: 2s, max_backoff: 1m, jitter: 25%,"
                        + " budget: {actions: 4, per: 2h}, rearm_after: 20m",
                    MEMORY + ", module: trading, threshold: 90.5%, for: 30s, cooldown: 1h"))
            .healing();
    HealingRule defaults = HealingRule.withDefaults(rules.get(1).trigger(), rules.get(1).action());
    assertThat(rules.get(0))
        .isEqualTo(
            new HealingRule(
                HealingRule.Trigger.SERVICE_DOWN,
                HealingRule.Action.RESTART_SERVICE,
                Optional.of("engine"),
                Optional.empty(),
                5,
                1.5,
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                0.25,
                4,
                Duration.ofHours(2),
                Duration.ofMinutes(20),
                defaults.cooldown(),
                defaults.threshold(),
                defaults.sustained()));
    assertThat(rules.get(1).module()).contains("trading");
    assertThat(rules.get(1).threshold()).isEqualTo(0.905);
    assertThat(rules.get(1).sustained()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rules.get(1).cooldown()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void refusesKeysThatHaveNoEffectWithTheTrigger() {
    assertThat(problems(DOWN + ", threshold: 95%"))
        .containsExactly(
            "healing[0].threshold: this has no effect with trigger service_down; it belongs to"
                + " high_memory_usage");
    assertThat(problems(DOWN + ", cooldown: 5m, for: 5s")).hasSize(2);
    assertThat(problems(MEMORY + ", max_attempts: 3"))
        .containsExactly(
            "healing[0].max_attempts: this has no effect with trigger high_memory_usage; it"
                + " belongs to service_down");
  }

  @Test
  void refusesActionsThatDoNotFitTheTrigger() {
    assertThat(problems("trigger: service_down, action: restart_application"))
        .containsExactly(
            "healing[0].action: restart_application answers high_memory_usage; restart_service"
                + " answers service_down");
    assertThat(problems("trigger: high_memory_usage, action: restart_service"))
        .containsExactly(
            "healing[0].action: restart_service needs the key service here; restart_application"
                + " picks one by itself");
    assertThat(problems("trigger: high_memory_usage, action: restart_service, service: engine"))
        .isEmpty();
  }

  @Test
  void refusesAMisspeltTriggerOnce() {
    assertThat(problems("trigger: service_dwn, action: restart_service"))
        .containsExactly(
            "healing[0].trigger: found \"service_dwn\"; one of service_down, high_memory_usage is"
                + " expected. Did you mean service_down?");
  }

  @Test
  void refusesUnknownServicesAndModules() {
    assertThat(problems(DOWN + ", service: engin"))
        .containsExactly(
            "healing[0].service: found \"engin\"; the plan has no service of that name (it has"
                + " engine). Did you mean engine?");
    assertThat(problems(MEMORY + ", module: tradin"))
        .containsExactly(
            "healing[0].module: found \"tradin\"; the plan has no module of that name (it has"
                + " trading). Did you mean trading?");
    assertThat(problems(MEMORY + ", module: trading, service: engine"))
        .containsExactly("healing[0].module: a rule names a service or a module, not both");
  }

  @Test
  void refusesABackoffThatBeginsAboveItsMaximum() {
    assertThat(problems(DOWN + ", initial_backoff: 10m"))
        .containsExactly(
            "healing[0].initial_backoff: initial_backoff (10m) is longer than max_backoff (5m)");
    assertThat(problems(DOWN + ", max_backoff: 500ms"))
        .containsExactly(
            "healing[0].max_backoff: initial_backoff (1s) is longer than max_backoff (500ms)");
  }

  @Test
  void refusesASecondRuleForTheSame() {
    assertThat(problems(DOWN, DOWN + ", max_attempts: 9"))
        .containsExactly("healing[1]: healing[0] is for the same already; one rule is allowed");
    assertThat(problems(DOWN, DOWN + ", service: engine")).isEmpty();
  }

  @Test
  void refusesAThresholdThatAlwaysHolds() {
    assertThat(problems(MEMORY + ", threshold: 0%"))
        .containsExactly("healing[0].threshold: found \"0%\"; memory is always used that much");
  }
}
