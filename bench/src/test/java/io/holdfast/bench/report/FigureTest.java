package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FigureTest {

  private static Figure figure(double value, OptionalDouble atMost, Peer... peers) {
    return new Figure("agent_rss_mb", value, "MB", atMost, List.of(peers));
  }

  @Test
  void hasALineForEachPeerInTheirOrder() {
    var figure =
        figure(
            91.04, OptionalDouble.of(96), new Peer("node_exporter", 22.76), new Peer("monit", 8));

    assertThat(figure.resultLines())
        .containsExactly(
            "RESULT agent_rss_mb 91.0 MB peer node_exporter 22.8 ratio 4.00",
            "RESULT agent_rss_mb 91.0 MB peer monit 8.00 ratio 11.4");
  }

  @Test
  void saysThatThereIsNoPeer() {
    assertThat(figure(0.5, OptionalDouble.empty()).resultLines())
        .containsExactly("RESULT agent_rss_mb 0.500 MB peer none - ratio -");
  }

  @Test
  void hasNoRatioToNothing() {
    assertThat(figure(2, OptionalDouble.empty(), new Peer("monit", 0)).resultLines())
        .containsExactly("RESULT agent_rss_mb 2.00 MB peer monit 0 ratio -");
  }

  @Test
  void saysWhetherTheBudgetIsMet() {
    assertThat(figure(96, OptionalDouble.of(96)).budget()).isEqualTo("≤ 96: met");
    assertThat(figure(96.01, OptionalDouble.of(96)).budget()).isEqualTo("≤ 96: NOT met");
    assertThat(figure(1.3, OptionalDouble.of(1.2)).budget()).isEqualTo("≤ 1.2: NOT met");
    assertThat(figure(1, OptionalDouble.empty()).budget()).isEqualTo("none");
  }

  @Test
  void refusesNamesThatWouldBreakTheLine() {
    assertThatThrownBy(() -> new Peer("node exporter", 1)).hasMessageContaining("node exporter");
    assertThatThrownBy(() -> new Figure("x", 1, "s a minute", OptionalDouble.empty(), List.of()))
        .hasMessageContaining("s a minute");
  }
}
