package io.holdfast.demo.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final Set<String> NAMES = Set.of("address", "port");

  @Test
  void readsWhatItIsToldToListenOn() {
    var arguments = new Arguments(new String[] {"--address=127.78.0.1", "--port=8001"}, NAMES);

    assertThat(arguments.listen().getPort()).isEqualTo(8001);
    assertThat(arguments.listen().getHostString()).isEqualTo("127.78.0.1");
  }

  @Test
  void refusesAnUnknownArgumentAndNamesTheAllowedOnes() {
    assertThatThrownBy(() -> new Arguments(new String[] {"--prt=1"}, NAMES))
        .hasMessageContaining("--prt=1")
        .hasMessageContaining("address, port");
  }

  @Test
  void refusesToStartWithoutARequiredArgument() {
    assertThatThrownBy(() -> new Arguments(new String[] {"--port=1"}, NAMES))
        .hasMessageContaining("--address=VALUE");
  }

  @Test
  void refusesAPortThatIsNone() {
    var arguments = new Arguments(new String[] {"--address=127.0.0.1", "--port=65536"}, NAMES);

    assertThatThrownBy(arguments::listen).hasMessageContaining("0 to 65535");
  }
}
