package io.holdfast.cli.text;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** Every sentence that the command says, in one language. */
public final class Texts {
  /** Base name of the texts; English is the one without a suffix. */
  public static final String BUNDLE = "io.holdfast.cli.text.messages";

  private final Language language;
  private final ResourceBundle bundle;

  /** Those of {@code language}. */
  public Texts(Language language) {
    this.language = language;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The language. */
  public Language language() {
    return language;
  }

  /** For picocli, which looks up descriptions by itself. */
  public ResourceBundle bundle() {
    return bundle;
  }

  /** The text of {@code key}; its {@code {0}} … are replaced as {@link MessageFormat} does. */
  public String text(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), language.locale()).format(values);
  }

  /** The text of {@code prefix + code}, or the code itself where a newer collector sent it. */
  public String code(String prefix, String code) {
    String key = prefix + code;
    return bundle.containsKey(key) ? bundle.getString(key) : Display.escape(code);
  }
}
