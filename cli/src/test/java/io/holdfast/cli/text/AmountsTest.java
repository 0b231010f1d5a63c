package io.holdfast.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void aHundredPercentMeansAllOfIt() {
    assertThat(Amounts.percent(0.9999)).isEqualTo("99%");
    assertThat(Amounts.percent(1)).isEqualTo("100%");
    assertThat(Amounts.percent(0.29)).isEqualTo("29%");
  }

  @Test
  void ratesHaveTwoFiguresThatMatter() {
    assertThat(Amounts.rate(0)).isEqualTo("0 B/s");
    assertThat(Amounts.rate(999)).isEqualTo("999 B/s");
    assertThat(Amounts.rate(999.7)).isEqualTo("1.0 kB/s");
    assertThat(Amounts.rate(9_940)).isEqualTo("9.9 kB/s");
    assertThat(Amounts.rate(9_960)).isEqualTo("10 kB/s");
    assertThat(Amounts.rate(31_400_000)).isEqualTo("31 MB/s");
    assertThat(Amounts.rate(5e18)).isEqualTo("5000000 TB/s");
  }
}
