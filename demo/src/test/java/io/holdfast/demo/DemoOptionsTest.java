package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

  @Test
  void staysAndCleansUpUnlessToldOtherwise() {
    assertThat(parse()).isEqualTo(new DemoOptions(false, false, "en", false));
    assertThat(parse("--once", "--keep")).isEqualTo(new DemoOptions(true, true, "en", false));
  }

  @Test
  void takesTheLanguageFromTheOptionBeforeTheEnvironment() {
    var chinese = Map.of("LANG", "zh_TW.UTF-8");

    assertThat(DemoOptions.parse(new String[] {}, chinese).language()).isEqualTo("zh-TW");
    assertThat(DemoOptions.parse(new String[] {"--lang", "en"}, chinese).language())
        .isEqualTo("en");
    assertThat(parse("--lang=zh-TW").language()).isEqualTo("zh-TW");
  }

  @Test
  void refusesAnUnknownOptionAndAnUnknownLanguage() {
    assertThatThrownBy(() -> parse("--twice")).hasMessage("unknown option: --twice");
    assertThatThrownBy(() -> parse("--lang", "fr")).hasMessageContaining("en and zh-TW");
    assertThatThrownBy(() -> parse("--lang")).hasMessageContaining("en and zh-TW");
  }

  private static DemoOptions parse(String... args) {
    return DemoOptions.parse(args, Map.of("LANG", "C.UTF-8"));
  }
}
