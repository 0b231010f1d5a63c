package io.holdfast.core.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Plans;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.ClusterState.SpoolOrder;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SpoolDeliveryProperties {

  /** Batches from anywhere in the spool, again and again, in any order. */
  @Property
  void anyDuplicationAndReorderingOfASpoolGivesTheSameLedger(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @Size(max = 60) List<@IntRange(max = 39) Integer> starts,
      @ForAll @IntRange(min = 1, max = 16) int batch) {
    LeaderWorld world = new LeaderWorld(Plans.service("api_server", "trading", true, false));
    List<SpooledEvent> spool = spool(world, size);
    // The first delivery begins at the start, as a spool's first one does.
    deliver(world, spool, 0, batch);
    for (int start : starts) {
      deliver(world, spool, start, batch);
    }
    // Then the agent does what it does after Welcome: it sends what follows the last sequence.
    while (world.ledger.lastSequence("trade-a", "spool") < size) {
      deliver(world, spool, (int) world.ledger.lastSequence("trade-a", "spool"), batch);
    }
    assertThat(world.ledger.history().after(0).map(event -> event.recorded().event()))
        .containsExactlyElementsOf(spool);
  }

  @Property
  void applyingARecordAgainChangesNothing(@ForAll @IntRange(min = 1, max = 40) int size) {
    LeaderWorld world = new LeaderWorld(Plans.service("api_server", "trading", true, false));
    for (SpooledEvent event : spool(world, size)) {
      EventRecorded recorded = new EventRecorded("trade-a", "spool", event, 0);
      var once = world.ledger.apply(recorded);
      assertThat(once.apply(recorded)).isSameAs(once);
      assertThat(once.orderOf(recorded)).isEqualTo(SpoolOrder.DUPLICATE);
      world.ledger = once;
    }
  }

  private static List<SpooledEvent> spool(LeaderWorld world, int size) {
    List<SpooledEvent> spool = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      spool.add(world.spooled(new HostEvent.ServiceStarted("api_server", i)));
    }
    return spool;
  }

  private static void deliver(LeaderWorld world, List<SpooledEvent> spool, int start, int batch) {
    int from = Math.min(start, spool.size() - 1);
    int to = Math.min(spool.size(), from + batch);
    world.deliver(spool.subList(from, to).toArray(SpooledEvent[]::new));
  }
}
