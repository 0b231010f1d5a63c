package io.holdfast.agent.act.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLineTest {

  private static List<JournalLine> lines(String... json) {
    return Stream.of(json).map(JournalLine::parse).flatMap(Optional::stream).toList();
  }

  @Test
  void readsTextAndWhatIsNoText() {
    assertThat(
            lines(
                "{\"MESSAGE\":\"交易引擎\",\"SYSLOG_IDENTIFIER\":\"bash\"}",
                "{\"MESSAGE\":[97,27,98,-61,-87],\"_SYSTEMD_INVOCATION_ID\":\"abc\"}",
                "{\"MESSAGE\":\"Failed.\",\"SYSLOG_IDENTIFIER\":\"systemd\"}"))
        .containsExactly(
            new JournalLine("交易引擎", true, ""),
            new JournalLine("a\u001bbé", true, "abc"),
            new JournalLine("Failed.", false, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{",
        "{\"MESSAGE\":null}",
        "{\"MESSAGE\":\" \"}",
        "{\"MESSAGE\":{\"a\":1}}",
        "{\"MESSAGE\":[\"a\"]}",
        "{\"SYSLOG_IDENTIFIER\":\"x\"}"
      })
  void passesOverWhatIsNoEntry(String line) {
    assertThat(JournalLine.parse(line)).isEmpty();
  }

  @Test
  void keepsWhatTheRunSaidAndElseWhatSystemdSaid() {
    List<JournalLine> lines =
        List.of(
            new JournalLine("an older run", true, "1"),
            new JournalLine("mine", true, "2"),
            new JournalLine("perhaps mine", true, ""),
            new JournalLine("Main process exited", false, ""));
    assertThat(JournalLine.ofRun(lines, "2")).containsExactly("mine", "perhaps mine");
    assertThat(JournalLine.ofRun(List.of(lines.getFirst(), lines.getLast()), "2"))
        .containsExactly("Main process exited");
  }
}
