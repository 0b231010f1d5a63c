package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

  private static final String PLAN =
      """
      objectives:
        P1: {rto: 4h,  rpo: 15m}
        P2: {rpo: 5m, rto: 90s}
        P3: {rpo: 1h}
      """;

  @Test
  void readsTheRecoveryTimeOfALevelInAnyOrder() {
    assertThat(Objectives.recoveryTime(PLAN, "P1")).isEqualTo(Duration.ofHours(4));
    assertThat(Objectives.recoveryTime(PLAN, "P2")).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void saysWhenThereIsNone() {
    assertThatThrownBy(() -> Objectives.recoveryTime(PLAN, "P3")).hasMessageContaining("P3");
    assertThatThrownBy(() -> Objectives.recoveryTime("", "P2")).hasMessageContaining("P2");
  }
}
