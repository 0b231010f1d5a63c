package io.holdfast.demo.story;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The demo's texts in one language. */
public final class Texts {

  /** The languages there are, by BCP 47 tag. */
  public static final Map<String, Locale> LANGUAGES =
      Map.of("en", Locale.ENGLISH, "zh-TW", Locale.forLanguageTag("zh-TW"));

  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * The texts of a language.
   *
   * @param tag a key of {@link #LANGUAGES}
   */
  public static Texts in(String tag) {
    Locale locale = LANGUAGES.get(tag);
    if (locale == null) {
      throw new IllegalArgumentException("no texts in " + tag);
    }
    // English is the root bundle; without this a machine's own locale would come before it.
    var control =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    return new Texts(ResourceBundle.getBundle("io.holdfast.demo.story.demo", locale, control));
  }

  /** The language that the user's environment asks for: LC_ALL, else LC_MESSAGES, else LANG. */
  public static String tagOf(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT).startsWith("zh") ? "zh-TW" : "en";
      }
    }
    return "en";
  }

  /** The text of a key, its placeholders filled. */
  public String of(String key, Object... facts) {
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(facts);
  }

  /** A duration for people: {@code 1.3 s}, {@code 2 h}. */
  public String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600 && seconds % 3600 == 0) {
      return of("unit.hours", Long.toString(seconds / 3600));
    }
    if (seconds >= 60 && seconds % 60 == 0) {
      return of("unit.minutes", Long.toString(seconds / 60));
    }
    return of("unit.seconds", String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0));
  }
}
