package io.holdfast.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableTest {

  private static String print(Table table) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.flush();
    return text.toString();
  }

  @Test
  void columnsStandUnderTheirTitlesWhateverTheScript() {
    Table table = new Table("服務", "STATE").row("web", "健康").row("交易引擎", "x");
    assertThat(print(table).lines()).containsExactly("服務      STATE", "web       健康", "交易引擎  x");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(Display.width("a中ｱ！")).isEqualTo(1 + 2 + 1 + 2);
    assertThat(Display.width("e\u0301")).isEqualTo(1);
    assertThat(Display.width("𠀀")).isEqualTo(2);
  }

  @Property
  void nothingEscapedMovesTheCursor(@ForAll String text) {
    assertThat(Display.escape(text).codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT);
  }

  @Test
  void spansAndTimesReadAsPeopleWriteThem() {
    assertThat(Times.span(-1)).isEqualTo("-");
    assertThat(Times.span(0)).isEqualTo("0.0s");
    assertThat(Times.span(9_990)).isEqualTo("9.9s");
    assertThat(Times.span(12_000)).isEqualTo("12s");
    assertThat(Times.span(182_000)).isEqualTo("3m02s");
    assertThat(Times.span(4 * 3_600_000L)).isEqualTo("4h00m");
    assertThat(Times.span(53 * 3_600_000L)).isEqualTo("2d05h");
    Times times = new Times(ZoneId.of("Asia/Taipei"), Instant.parse("2026-11-22T06:03:22Z"));
    assertThat(times.at(times.now().toEpochMilli())).isEqualTo("14:03:22");
    assertThat(times.at(Instant.parse("2026-11-20T00:00:00Z").toEpochMilli()))
        .isEqualTo("2026-11-20 08:00:00");
    assertThat(times.at(0)).isEqualTo("-");
    assertThat(Times.of("No/Where", 0).zone()).isEqualTo(ZoneId.systemDefault());
  }
}
