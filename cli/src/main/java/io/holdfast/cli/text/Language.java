package io.holdfast.cli.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The languages that Holdfast speaks. */
public enum Language {
  ENGLISH("en", Locale.ENGLISH),
  TRADITIONAL_CHINESE("zh-TW", Locale.TRADITIONAL_CHINESE);

  private final String tag;
  private final Locale locale;

  Language(String tag, Locale locale) {
    this.tag = tag;
    this.locale = locale;
  }

  /** BCP 47. */
  public String tag() {
    return tag;
  }

  /** For the choice of texts. */
  public Locale locale() {
    return locale;
  }

  /** The one with that tag; {@code zh_TW} and any case will do. */
  public static Optional<Language> ofTag(String tag) {
    return Arrays.stream(values())
        .filter(language -> language.tag.equalsIgnoreCase(tag.replace('_', '-')))
        .findFirst();
  }

  /** All tags, for messages. */
  public static String tags() {
    return Arrays.stream(values()).map(Language::tag).collect(Collectors.joining(", "));
  }

  /** What LC_ALL, LC_MESSAGES or LANG, in this order, ask for; English when none is spoken here. */
  public static Language ofEnvironment(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .filter(Language::readsTraditionalChinese)
        .map(value -> TRADITIONAL_CHINESE)
        .orElse(ENGLISH);
  }

  private static boolean readsTraditionalChinese(String posixLocale) {
    String name = posixLocale.toLowerCase(Locale.ROOT).replace('-', '_');
    return Stream.of("zh_tw", "zh_hk", "zh_mo", "zh_hant").anyMatch(name::startsWith);
  }
}
