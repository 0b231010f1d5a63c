package io.holdfast.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradeCountTest {

  private static final Instant START = Instant.parse("2026-11-20T01:00:00Z");
  private static final Engine FIRST = new Engine("trade-a", 100, 0);
  private static final Engine SECOND = new Engine("trade-a", 200, 0);

  @Test
  void anEmptyLogIsCleanAndKnowsNoEngine() {
    TradeCount count = TradeCount.of(List.of());

    assertThat(count.clean()).isTrue();
    assertThat(count.highest()).isZero();
    assertThat(count.turns()).isEmpty();
    assertThat(count.gapBetween(100, 200)).isEmpty();
  }

  @Test
  void oneEngineAfterAnotherIsCleanAndTheGapIsMeasured() {
    var log = new ArrayList<Trade>();
    log.add(trade(1, 1, FIRST, 0));
    log.add(trade(2, 2, FIRST, 100));
    log.add(trade(3, 3, SECOND, 1400));
    log.add(trade(4, 4, SECOND, 1500));

    TradeCount count = TradeCount.of(log);

    assertThat(count.clean()).isTrue();
    assertThat(count.turns()).extracting(TradeCount.Turn::trades).containsExactly(2L, 2L);
    assertThat(count.gapBetween(100, 200)).contains(Duration.ofMillis(1300));
  }

  @Test
  void countsMissingIdsAlsoAtTheBeginning() {
    TradeCount count =
        TradeCount.of(List.of(trade(1, 3, FIRST, 0), trade(2, 4, FIRST, 1), trade(3, 6, FIRST, 2)));

    assertThat(count.lost()).isEqualTo(3);
    assertThat(count.duplicated()).isZero();
    assertThat(count.clean()).isFalse();
  }

  @Test
  void seesTwoEnginesThatWriteTheSameIdsAtOnce() {
    TradeCount count =
        TradeCount.of(
            List.of(
                trade(1, 1, FIRST, 0),
                trade(2, 1, SECOND, 1),
                trade(3, 2, FIRST, 2),
                trade(4, 2, SECOND, 3)));

    assertThat(count.duplicated()).isEqualTo(2);
    assertThat(count.overlaps()).isEqualTo(2);
    assertThat(count.lost()).isZero();
    assertThat(count.clean()).isFalse();
  }

  @Test
  void anEngineThatComesBackAfterAnotherIsDoubleActivityEvenWithCleanIds() {
    TradeCount count =
        TradeCount.of(
            List.of(trade(1, 1, FIRST, 0), trade(2, 2, SECOND, 1), trade(3, 3, FIRST, 2)));

    assertThat(count.lost()).isZero();
    assertThat(count.duplicated()).isZero();
    assertThat(count.overlaps()).isEqualTo(1);
  }

  @Test
  void theSameProcessUnderAnotherEpochIsAnotherEngine() {
    TradeCount count =
        TradeCount.of(
            List.of(
                trade(1, 1, new Engine("trade-a", 100, 1), 0),
                trade(2, 2, new Engine("trade-a", 100, 2), 1)));

    assertThat(count.turns()).hasSize(2);
    assertThat(count.clean()).isTrue();
  }

  private static Trade trade(long entry, long id, Engine engine, long millis) {
    return new Trade(entry, id, engine, START.plusMillis(millis));
  }
}
