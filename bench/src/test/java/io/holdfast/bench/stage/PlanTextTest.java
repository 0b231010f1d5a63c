package io.holdfast.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.demo.stage.StageException;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  @Test
  void putsServiceAndRuleFirstAndLeavesTheRestAsItIs() {
    String plan = "services:\n  api_server: {}\n\nhealing:\n  - {a: b}\nhosts: {}\n";

    assertThat(PlanText.with(plan, "  twin: {}\n", "  - {c: d}\n"))
        .isEqualTo(
            "services:\n  twin: {}\n  api_server: {}\n\n"
                + "healing:\n  - {c: d}\n  - {a: b}\nhosts: {}\n");
  }

  @Test
  void aPlanThatIsWrittenInAnotherWayIsRefused() {
    assertThatThrownBy(() -> PlanText.with("services:\n  a: {}\nhealing: []\n", "  b: {}", ""))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("no line that reads \"healing:\"");
  }
}
