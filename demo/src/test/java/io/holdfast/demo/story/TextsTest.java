package io.holdfast.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

  @Test
  void bothLanguagesSayTheSameThingsWithTheSameFacts() throws IOException {
    Properties english = read("demo.properties");
    Properties chinese = read("demo_zh_TW.properties");

    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(placeholders(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void everyTextFillsItsPlaceholdersAndLosesNoApostrophe() throws IOException {
    Object[] facts = {"fact-0", "fact-1", "fact-2", "fact-3"};
    for (String tag : Texts.LANGUAGES.keySet()) {
      Texts texts = Texts.in(tag);
      for (String key : read("demo.properties").stringPropertyNames()) {
        String text = texts.of(key, facts);
        assertThat(text).as(tag + " " + key).isNotBlank().doesNotContain("{", "}", "''");
      }
    }
    assertThat(Texts.in("en").of("story.healthy.doing")).contains("Holdfast's");
  }

  @Test
  void everyStepOfTheStoryHasItsTextsInBothLanguages() throws IOException {
    Properties english = read("demo.properties");
    for (StoryStep step : EngineKilled.on(new PretendStage(), Texts.in("en"))) {
      assertThat(english)
          .containsKeys(step.key() + ".doing", step.key() + ".seen", step.key() + ".expected");
    }
  }

  @Test
  void theLanguageIsWhatTheEnvironmentAsksForInItsOrder() {
    assertThat(Texts.tagOf(Map.of("LANG", "zh_TW.UTF-8"))).isEqualTo("zh-TW");
    assertThat(Texts.tagOf(Map.of("LANG", "zh_TW.UTF-8", "LC_ALL", "C.UTF-8"))).isEqualTo("en");
    assertThat(Texts.tagOf(Map.of("LANG", "en_GB", "LC_MESSAGES", "zh_TW"))).isEqualTo("zh-TW");
    assertThat(Texts.tagOf(Map.of())).isEqualTo("en");
  }

  @Test
  void durationsAreTheLargestWholeUnitElseTenthsOfSeconds() {
    Texts english = Texts.in("en");

    assertThat(english.duration(Duration.ofHours(2))).isEqualTo("2 h");
    assertThat(english.duration(Duration.ofMinutes(90))).isEqualTo("90 min");
    assertThat(english.duration(Duration.ofMillis(1340))).isEqualTo("1.3 s");
    assertThat(Texts.in("zh-TW").duration(Duration.ofHours(2))).isEqualTo("2 小時");
  }

  private static Properties read(String name) throws IOException {
    var properties = new Properties();
    try (var in = TextsTest.class.getResourceAsStream(name)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties;
  }

  private static TreeSet<String> placeholders(String text) {
    var found = new TreeSet<String>();
    PLACEHOLDER.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }
}
