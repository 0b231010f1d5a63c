package io.holdfast.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.core.health.ReasonCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");

  private final Texts english = new Texts(Language.ENGLISH);
  private final Texts chinese = new Texts(Language.TRADITIONAL_CHINESE);

  @Test
  void bothLanguagesHaveTheSameKeysOfTheirOwn() throws IOException {
    // The key set of a bundle includes what it inherits: only its own texts count.
    assertThat(own("messages_zh_TW.properties")).isEqualTo(own("messages.properties"));
  }

  private static Set<String> own(String file) throws IOException {
    var properties = new Properties();
    try (var reader =
        new InputStreamReader(Texts.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return new TreeSet<>(properties.stringPropertyNames());
  }

  @Test
  void bothLanguagesFillInTheSamePlaces() {
    for (String key : english.bundle().keySet()) {
      String pattern = english.bundle().getString(key);
      assertThat(places(chinese.bundle().getString(key))).as(key).isEqualTo(places(pattern));
      assertThatCode(() -> new MessageFormat(pattern)).as(key).doesNotThrowAnyException();
      assertThat(pattern).as(key).doesNotContain("%");
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @Test
  void everyKeyThatTheCodeNamesIsThere() throws IOException {
    Pattern used = Pattern.compile("\"([a-z]+(?:[._][a-z_]+)*\\.[a-z_.]+)\"");
    Pattern call = Pattern.compile("(?:text\\(|descriptionKey = |String key =)[^;]*");
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher calls = call.matcher(Files.readString(source));
        while (calls.find()) {
          used.matcher(calls.group()).results().forEach(result -> keys.add(result.group(1)));
        }
      }
    }
    assertThat(keys).hasSizeGreaterThan(50);
    assertThat(english.bundle().keySet()).containsAll(keys);
  }

  @Test
  void everyReasonHasItsWords() {
    for (ReasonCode code : ReasonCode.values()) {
      assertThat(english.code("reason.", code.name())).isNotEqualTo(code.name());
    }
    assertThat(english.code("reason.", "OF_A_NEWER_COLLECTOR")).isEqualTo("OF_A_NEWER_COLLECTOR");
  }

  @Test
  void picksTheLanguageOfTheEnvironment() {
    assertThat(Language.ofEnvironment(Map.of("LANG", "zh_TW.UTF-8")))
        .isEqualTo(Language.TRADITIONAL_CHINESE);
    assertThat(Language.ofEnvironment(Map.of("LC_ALL", "C", "LANG", "zh_TW.UTF-8")))
        .isEqualTo(Language.ENGLISH);
    assertThat(Language.ofEnvironment(Map.of("LC_ALL", "", "LANG", "zh_HK")))
        .isEqualTo(Language.TRADITIONAL_CHINESE);
    assertThat(Language.ofEnvironment(Map.of())).isEqualTo(Language.ENGLISH);
    assertThat(Language.ofEnvironment(Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo(Language.ENGLISH);
  }
}
