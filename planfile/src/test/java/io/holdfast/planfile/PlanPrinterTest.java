package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlanPrinterTest {

  @Property(tries = 300)
  void aPrintedPlanIsReadAsTheSamePlan(@ForAll("plans") Plan plan) {
    String text = PlanPrinter.print(plan);
    String hash = PlanReader.hash(text.getBytes(StandardCharsets.UTF_8));
    assertThat(PlanTexts.valid(text)).isEqualTo(withHash(plan, hash));
  }

  @Test
  void theShippedExampleSurvivesPrinting() {
    Path example = Path.of("../docs/examples/ai-trader.plan.yaml");
    Plan plan = ((PlanResult.Valid) PlanReader.read(example)).plan();
    Plan again = PlanTexts.valid(PlanPrinter.print(plan));
    assertThat(withHash(again, plan.hash())).isEqualTo(plan);
    assertThat(PlanPrinter.print(again)).isEqualTo(PlanPrinter.print(plan));
  }

  @Provide
  Arbitrary<Plan> plans() {
    return PlanArbitraries.plans();
  }

  private static Plan withHash(Plan plan, String hash) {
    return new Plan(
        hash,
        plan.system(),
        plan.objectives(),
        plan.hosts(),
        plan.sites(),
        plan.checks(),
        plan.services(),
        plan.healing());
  }
}
