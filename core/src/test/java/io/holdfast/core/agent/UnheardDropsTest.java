package io.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentEvent.DropRecorded;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnheardDropsTest {
  private final UnheardDrops drops = new UnheardDrops();

  @Test
  void tellsOfADropOnceAndOnlyWhenTheLedgerHasIt() {
    sent(7, "api");
    sent(9, "engine");
    assertThat(drops.acknowledged(6)).isEmpty();
    assertThat(drops.acknowledged(8)).contains(new DropRecorded(Set.of("api")));
    assertThat(drops.acknowledged(9)).contains(new DropRecorded(Set.of("engine")));
    assertThat(drops.acknowledged(100)).isEmpty();
  }

  @Test
  void aDropOfUnknownServicesConcernsAll() {
    sent(7, "api");
    sent(9, "");
    assertThat(drops.acknowledged(9)).contains(new DropRecorded(Set.of()));
  }

  private void sent(long sequence, String service) {
    drops.sent(
        new SpooledEvent(
            sequence,
            sequence - 1,
            new Moment(1, 1),
            "boot",
            new HostEvent.EventsDropped(service, 3, 1, 2, 1, 1)));
  }
}
