package io.holdfast.agent.act.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCommandTest {
  private static ServiceCommand with(Map<String, String> environment, Optional<String> user) {
    return new ServiceCommand(List.of("java"), environment, Path.of("/"), user);
  }

  @Test
  void keepsTheValuesOfTheEnvironmentOutOfItsText() {
    assertThat(with(Map.of("PASSWORD", "hunter2"), Optional.empty()).toString())
        .contains("PASSWORD")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A=B", "UID", "SHELLOPTS"})
  void refusesNamesOfVariablesThatCannotBeHandedOver(String name) {
    assertThatThrownBy(() -> with(Map.of(name, "x"), Optional.empty()))
        .hasMessageContaining("environment: " + name);
  }

  @Test
  void refusesNulARelativeDirectoryAnEmptyCommandAndAUserThatIsNoName() {
    assertThatThrownBy(() -> with(Map.of("A", "x\0y"), Optional.empty()))
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> with(Map.of(), Optional.of("a b"))).hasMessageContaining("a b");
    assertThatThrownBy(
            () -> new ServiceCommand(List.of(), Map.of(), Path.of("/"), Optional.empty()))
        .hasMessageContaining("command is empty");
    assertThatThrownBy(
            () -> new ServiceCommand(List.of("a"), Map.of(), Path.of("b"), Optional.empty()))
        .hasMessageContaining("not absolute: b");
  }

  @Test
  void refusesServicesWhoseNamesAreNoNamesOfDirectories() {
    ServiceCommand command = with(Map.of(), Optional.empty());
    assertThatThrownBy(
            () -> new ProcessServices(Path.of("/run"), Path.of("/k"), Map.of("../x", command)))
        .hasMessageContaining("../x");
  }
}
