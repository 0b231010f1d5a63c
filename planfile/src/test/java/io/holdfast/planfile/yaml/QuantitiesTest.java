package io.holdfast.planfile.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.planfile.problem.Position;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

  private static YamlNode.Scalar text(String text) {
    return new YamlNode.Scalar(new Position(1, 1), text, YamlNode.Kind.TEXT);
  }

  private static Optional<Duration> duration(String text) {
    return Quantities.DURATION.of(text(text));
  }

  @Test
  void readsDurationsOfEveryUnit() {
    assertThat(duration("500ms")).contains(Duration.ofMillis(500));
    assertThat(duration("30s")).contains(Duration.ofSeconds(30));
    assertThat(duration("5m")).contains(Duration.ofMinutes(5));
    assertThat(duration("4h")).contains(Duration.ofHours(4));
    assertThat(duration("1d")).contains(Duration.ofDays(1));
    for (String wrong : new String[] {"", "30", "s", "0s", "01s", "1.5s", "1h30m", "9999999999s"}) {
      assertThat(duration(wrong)).isEmpty();
    }
  }

  @Test
  void readsSizesOfEveryUnit() {
    assertThat(Quantities.SIZE.of(text("7B"))).contains(7L);
    assertThat(Quantities.SIZE.of(text("512KiB"))).contains(512L << 10);
    assertThat(Quantities.SIZE.of(text("16MiB"))).contains(16L << 20);
    assertThat(Quantities.SIZE.of(text("1GiB"))).contains(1L << 30);
    assertThat(Quantities.SIZE.of(text("2TiB"))).contains(2L << 40);
    assertThat(Quantities.SIZE.of(text("999999999TiB"))).isEmpty();
    assertThat(Quantities.SIZE.of(text("16"))).isEmpty();
    assertThat(Quantities.SIZE.suggestionFor(text("16MB"))).contains("16MiB");
    assertThat(Quantities.SIZE.suggestionFor(text("16m"))).contains("16MiB");
  }

  @Test
  void readsPercentages() {
    assertThat(Quantities.PERCENTAGE.of(text("0%"))).contains(0.0);
    assertThat(Quantities.PERCENTAGE.of(text("95%"))).contains(0.95);
    assertThat(Quantities.PERCENTAGE.of(text("99.5%"))).contains(0.995);
    assertThat(Quantities.PERCENTAGE.of(text("100%"))).contains(1.0);
    assertThat(Quantities.PERCENTAGE.of(text("101%"))).isEmpty();
    assertThat(Quantities.PERCENTAGE.of(text("-1%"))).isEmpty();
  }

  @Property
  void aWrittenDurationIsReadAsTheSame(@ForAll @LongRange(min = 1, max = 999_999_999) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(duration(Quantities.write(duration))).contains(duration);
  }

  @Property
  void aWrittenPercentageIsReadAsTheSame(@ForAll @DoubleRange(min = 0, max = 1) double share) {
    assertThat(Quantities.PERCENTAGE.of(text(Quantities.writePercentage(share)))).contains(share);
  }

  @Test
  void writesTheLargestUnitThatFits() {
    assertThat(Quantities.write(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Quantities.write(Duration.ofSeconds(120))).isEqualTo("2m");
    assertThat(Quantities.write(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Quantities.write(Duration.ofHours(48))).isEqualTo("2d");
    assertThat(Quantities.writePercentage(0.95)).isEqualTo("95%");
    assertThat(Quantities.writePercentage(1)).isEqualTo("100%");
  }
}
