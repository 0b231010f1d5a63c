package io.holdfast.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TradeCountPropertyTest {

  @Property
  void whateverIsTakenOutOrRepeatedIsCountedExactly(
      @ForAll @IntRange(min = 2, max = 60) int trades,
      @ForAll @IntRange(max = 20) int removals,
      @ForAll @IntRange(max = 20) int repeats,
      @ForAll long seed) {
    var random = new Random(seed);
    var log = new ArrayList<Trade>();
    for (int id = 1; id <= trades; id++) {
      log.add(trade(id, id, id));
    }
    // The highest stays: nobody can tell from the log alone that a last trade is missing.
    int removed = Math.min(removals, trades - 1);
    for (int i = 0; i < removed; i++) {
      log.remove(random.nextInt(log.size() - 1));
    }
    for (int i = 0; i < repeats; i++) {
      long id = log.get(random.nextInt(log.size())).id();
      log.add(trade(trades + 1L + i, id, trades + 1L + i));
    }
    Collections.shuffle(log, random);

    TradeCount count = TradeCount.of(log);

    assertThat(count.lost()).isEqualTo(removed);
    assertThat(count.duplicated()).isEqualTo(repeats);
    assertThat(count.overlaps()).isZero();
  }

  private static Trade trade(long entry, long id, long millis) {
    var engine = new Engine("trade-a", 100, 0);
    return new Trade(entry, id, engine, Instant.EPOCH.plusMillis(millis));
  }
}
