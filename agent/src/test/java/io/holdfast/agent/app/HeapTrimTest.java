package io.holdfast.agent.app;

import static io.holdfast.agent.app.HeapTrim.SLACK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimTest {
  private static final long LIVE = 8L << 20;

  private long committed;
  private long live = LIVE;
  private int collections;
  private final HeapTrim trim =
      new HeapTrim(
          () -> committed,
          () -> {
            collections++;
            committed = live;
          });

  @Test
  void whatTheStartLeftIsCollectedAtTheFirstLook() {
    looksAt(LIVE + 4 * SLACK);
    assertThat(collections).isOne();
    assertThat(committed).isEqualTo(LIVE);
  }

  @Test
  void aHeapThatGrowsWithinItsSlackIsLeftAlone() {
    looksAt(LIVE);
    looksAt(LIVE + SLACK);
    assertThat(collections).isOne();
  }

  @Test
  void aHeapThatGrewBeyondItsSlackIsCollectedAgain() {
    looksAt(LIVE);
    looksAt(LIVE + SLACK + 1);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void whatIsInUseDoesNotCountAsSlack() {
    live = 3 * LIVE;
    looksAt(live);
    looksAt(live + SLACK);
    assertThat(collections).isOne();
  }

  @Test
  void aHeapThatShrankByItselfIsTheNewMeasure() {
    looksAt(LIVE);
    looksAt(LIVE - SLACK);
    looksAt(LIVE + 1);
    assertThat(collections).isEqualTo(2);
  }

  private void looksAt(long size) {
    committed = size;
    trim.look();
  }
}
