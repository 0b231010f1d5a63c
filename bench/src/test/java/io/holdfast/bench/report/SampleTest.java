package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static Sample oneTo(int n) {
    return Sample.of(IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList());
  }

  @Test
  void thePercentileIsTheNearestRank() {
    assertThat(oneTo(30).percentile(0.5)).isEqualTo(15);
    assertThat(oneTo(5).percentile(0.5)).isEqualTo(3);
    assertThat(oneTo(100).percentile(0.99)).isEqualTo(99);
    assertThat(oneTo(1000).percentile(0.99)).isEqualTo(990);
    assertThat(oneTo(10).percentile(1)).isEqualTo(10);
  }

  @Property
  void belowAHundredTheNinetyNinthPercentileIsTheLargest(
      @ForAll @IntRange(min = 1, max = 99) int n) {
    assertThat(oneTo(n).percentile(0.99)).isEqualTo(oneTo(n).max());
  }

  @Property
  void atLeastThatShareIsNotLargerAndTheValueWasMeasured(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = 0, max = 10) Double> values,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    double percentile = Sample.of(values).percentile(share);

    assertThat(values).contains(percentile);
    long notLarger = values.stream().filter(value -> value <= percentile).count();
    assertThat((double) notLarger).isGreaterThanOrEqualTo(share * values.size() - 1e-6);
  }

  @Test
  void knowsItsEndsAndItsMiddleWhateverTheOrder() {
    var sample = Sample.of(List.of(3.0, 1.0, 8.0));

    assertThat(sample.n()).isEqualTo(3);
    assertThat(sample.min()).isEqualTo(1);
    assertThat(sample.max()).isEqualTo(8);
    assertThat(sample.mean()).isEqualTo(4, within(1e-9));
  }

  @Test
  void refusesNothingAtAllAndSharesThatAreNone() {
    assertThatThrownBy(() -> Sample.of(List.of())).hasMessageContaining("at least one value");
    assertThatThrownBy(() -> oneTo(3).percentile(0)).hasMessageContaining("more than 0");
    assertThatThrownBy(() -> oneTo(3).percentile(99)).hasMessageContaining("at most 1");
  }
}
