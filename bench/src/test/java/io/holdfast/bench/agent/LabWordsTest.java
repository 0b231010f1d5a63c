package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.demo.stage.StageException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel, the agent and the ledger say of a host of the lab. */
class LabWordsTest {

  @Test
  void theInnermostNumberIsThatOfTheHost() {
    assertThat(HostProcess.innermost(List.of("Name:\tjava", "NSpid:\t4242\t87"))).hasValue(87);
    assertThat(HostProcess.innermost(List.of("NSpid:\t4242"))).hasValue(4242);
    assertThat(HostProcess.innermost(List.of("Name:\tjava"))).isEmpty();
  }

  @Test
  void findsAProcessByTheNumberThatItHasWhereItLives() {
    long self = ProcessHandle.current().pid();

    assertThat(HostProcess.of(self, self).pid()).isEqualTo(self);
    assertThatThrownBy(() -> HostProcess.of(self, Integer.MAX_VALUE))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("has no process");
  }

  @Test
  void aServiceIsWellWhenItsVerdictIsAndNothingIsDoneAboutIt() {
    String page =
        """
        holdfast_service_verdict{service="twin",verdict="healthy"} %s
        holdfast_service_verdict{service="twin",verdict="unhealthy"} 0
        holdfast_service_healing{service="twin"} %s
        holdfast_service_healing{service="other"} 0
        """;

    assertThat(AgentPage.saysWell(page.formatted("1", "0"), "twin")).isTrue();
    assertThat(AgentPage.saysWell(page.formatted("1.0", "0.0"), "twin")).isTrue();
    assertThat(AgentPage.saysWell(page.formatted("0", "0"), "twin")).isFalse();
    assertThat(AgentPage.saysWell(page.formatted("1", "1"), "twin")).isFalse();
    assertThat(AgentPage.saysWell(page.formatted("1", "0"), "other")).isFalse();
  }

  @Test
  void onlyFirstAttemptsCount() {
    String first = "{\"healing_started\":{\"attempt\":1,\"max_attempts\":100}}";

    assertThatCode(() -> Attempts.requireFirst(first + first)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Attempts.requireFirst(first + first.replace("1,", "2,")))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("attempt 2");
    assertThatThrownBy(() -> Attempts.requireFirst("{}")).isInstanceOf(StageException.class);
  }
}
