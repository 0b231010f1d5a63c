package io.holdfast.collector.api.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser lets the page do. */
final class ContentPolicy {
  /** The names under which modules find the libraries; a browser takes them from the page alone. */
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private ContentPolicy() {}

  /**
   * The value of {@code Content-Security-Policy}: nothing but this origin's own files and the
   * import map of that very page, no other inline code or style, no HTML from strings, no frames.
   */
  static String of(String indexHtml) {
    Matcher map = IMPORT_MAP.matcher(indexHtml);
    if (!map.find()) {
      throw new IllegalStateException("index.html has no import map");
    }
    return "default-src 'none'; script-src 'self' 'sha256-"
        + hash(map.group(1))
        + "'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
        + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
        + " trusted-types 'none'";
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
