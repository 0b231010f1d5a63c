package io.holdfast.agent.act.systemd;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the journal.
 *
 * @param message what was logged
 * @param byService whether the service said it; else systemd said it about the service
 * @param invocation of the run that said it; empty: not known
 */
record JournalLine(String message, boolean byService, String invocation) {

  /** The entry of one line of {@code journalctl -o json}; empty for what is none. */
  static Optional<JournalLine> parse(String line) {
    try {
      JsonObject entry = new JsonObject(line);
      String message = text(entry.getValue("MESSAGE"));
      boolean bySystemd = "systemd".equals(entry.getValue("SYSLOG_IDENTIFIER"));
      Object invocation = entry.getValue("_SYSTEMD_INVOCATION_ID", "");
      return message.isBlank()
          ? Optional.empty()
          : Optional.of(new JournalLine(message, !bySystemd, String.valueOf(invocation)));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** What the run said last; what systemd said of it where it was silent. */
  static List<String> ofRun(List<JournalLine> lines, String invocation) {
    List<String> own =
        lines.stream()
            .filter(JournalLine::byService)
            .filter(line -> line.invocation().isEmpty() || line.invocation().equals(invocation))
            .map(JournalLine::message)
            .toList();
    return own.isEmpty()
        ? lines.stream().filter(line -> !line.byService()).map(JournalLine::message).toList()
        : own;
  }

  /** What is no text (it holds control characters, for one) stands there as numbers. */
  private static String text(Object value) {
    if (!(value instanceof JsonArray numbers)) {
      return value instanceof String plain ? plain : "";
    }
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = numbers.getInteger(i).byteValue();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
