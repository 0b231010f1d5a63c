package io.holdfast.collector.ledger.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.holdfast.collector.ledger.Ledgers;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.Outage;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.core.trust.TrustChange;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.ledger.v1.Entry;
import io.holdfast.proto.ledger.v1.Record;
import io.holdfast.proto.ledger.v1.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final int FIELD_OF_THE_FUTURE = 900;

  private final EntryCodec entries = new EntryCodec(Ledgers::plan);
  private final SnapshotCodec snapshots = new SnapshotCodec(Ledgers::plan);

  @Property(tries = 300)
  void anEntryGivesBackItsRecords(@ForAll("decisions") List<LedgerRecord> records) {
    assertThat(entries.decode(ByteBuffer.wrap(entries.encode(records)))).isEqualTo(records);
  }

  @Property(tries = 300)
  void aSnapshotGivesBackItsStateAndGoesOnAlike(
      @ForAll("decisions") List<LedgerRecord> records,
      @ForAll("decisions") List<LedgerRecord> later) {
    ClusterState state = withServices(ClusterState.EMPTY.apply(records), records);
    ClusterState back = snapshots.decode(snapshots.encode(state, 2, 77), 2, 77);
    assertThat(back).isEqualTo(state);
    assertThat(back.apply(later)).isEqualTo(state.apply(later));
  }

  /** The plans of these tests have no service; the state has some all the same. */
  private static ClusterState withServices(ClusterState state, List<LedgerRecord> records) {
    SortedMap<ServiceKey, ServiceState> services = new TreeMap<>();
    for (LedgerRecord record : records) {
      if (record instanceof EventRecorded recorded
          && recorded.event().event() instanceof VerdictChanged change) {
        services.put(
            new ServiceKey(recorded.host(), change.service()),
            new ServiceState(
                change.to(),
                change.reasons(),
                recorded.event().at().wallMillis(),
                change.lastGoodWallMillis(),
                change.lastGoodAgoMillis().stream()
                    .mapToObj(
                        ago ->
                            new Outage("boot-1", change.lastGoodAgoMillis(), ago, ago + 1, ago + 2))
                    .findFirst()));
      }
    }
    return new ClusterState(
        state.plan(),
        state.spools(),
        services,
        state.incidents(),
        state.incidentsTotal(),
        state.history(),
        state.trust());
  }

  @Provide
  Arbitrary<List<LedgerRecord>> decisions() {
    return Records.any().list().ofMaxSize(40);
  }

  @Test
  void aSnapshotOfALongHistoryGivesBackItsStateAndGoesOnAlike() {
    ClusterState state =
        ClusterState.EMPTY.apply(
            LongStream.rangeClosed(1, 20_000).mapToObj(Ledgers::event).toList());
    ClusterState back = snapshots.decode(snapshots.encode(state, 2, 77), 2, 77);
    List<LedgerRecord> later =
        LongStream.rangeClosed(20_001, 30_000).mapToObj(Ledgers::event).toList();
    assertThat(back.apply(later)).isEqualTo(state.apply(later));
  }

  @Test
  void asksForAnUpgradeAtARecordOfAnUnknownKind() {
    Record future =
        Record.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        FIELD_OF_THE_FUTURE,
                        UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    assertUpgradeNeeded(Entry.newBuilder().setLevel(1).addRecords(future).build());
  }

  @Test
  void asksForAnUpgradeAtAHigherFeatureLevel() {
    assertUpgradeNeeded(Entry.newBuilder().setLevel(EntryCodec.LEVEL + 1).build());
    byte[] snapshot = Snapshot.newBuilder().setLevel(EntryCodec.LEVEL + 1).build().toByteArray();
    assertThatThrownBy(() -> snapshots.decode(snapshot, 0, 0))
        .isInstanceOf(UpgradeNeededException.class);
  }

  /** A build of before would skip the tokens and certificates of a snapshot without a word. */
  @Test
  void onlyWhatHasTokensOrCertificatesNeedsTheSecondFeatureLevel() throws Exception {
    LedgerRecord trust = new LedgerRecord.TrustChanged(new TrustChange.TokenUsed("ab", 1));
    LedgerRecord token =
        new LedgerRecord.TrustChanged(new TrustChange.TokenIssued("ab", "trade-a", 1, 2, "admin"));
    assertThat(Entry.parseFrom(entries.encode(List.of(Ledgers.event(1)))).getLevel()).isEqualTo(1);
    assertThat(Entry.parseFrom(entries.encode(List.of(Ledgers.event(1), trust))).getLevel())
        .isEqualTo(2);
    ClusterState state = ClusterState.EMPTY.apply(Ledgers.event(1));
    assertThat(Snapshot.parseFrom(snapshots.encode(state, 1, 1)).getLevel()).isEqualTo(1);
    assertThat(Snapshot.parseFrom(snapshots.encode(state.apply(token), 1, 1)).getLevel())
        .isEqualTo(2);
  }

  @Test
  void asksForAnUpgradeAtAnEventOfAnUnknownKind() {
    Record event =
        Record.newBuilder()
            .setEventRecorded(
                io.holdfast.proto.ledger.v1.EventRecorded.newBuilder()
                    .setEvent(Event.newBuilder().setSequence(1)))
            .build();
    assertUpgradeNeeded(Entry.newBuilder().setLevel(1).addRecords(event).build());
  }

  @Test
  void asksForAnUpgradeAtAPlanThatItCannotRead() {
    EntryCodec older =
        new EntryCodec(
            text -> {
              throw new IllegalArgumentException("unknown key groups");
            });
    byte[] entry = entries.encode(List.of(Ledgers.planApplied("newer")));
    assertThatThrownBy(() -> older.decode(ByteBuffer.wrap(entry)))
        .isInstanceOf(UpgradeNeededException.class)
        .hasMessageStartingWith("upgrade me")
        .hasMessageContaining("unknown key groups");
  }

  @Test
  void refusesAPlanWhoseTextIsNotTheOneThatWasRecorded() {
    PlanApplied mixed = new PlanApplied("a text", Ledgers.plan("another text"), 1, "admin");
    byte[] entry = entries.encode(List.of(mixed));
    assertThatThrownBy(() -> entries.decode(ByteBuffer.wrap(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hash");
  }

  @Test
  void refusesWhatIsNoEntryAndASnapshotOfAnotherIndex() {
    byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> entries.decode(ByteBuffer.wrap(noise)))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] snapshot = snapshots.encode(ClusterState.EMPTY, 2, 77);
    assertThatThrownBy(() -> snapshots.decode(snapshot, 2, 78))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 78");
  }

  private void assertUpgradeNeeded(Entry entry) {
    assertThatThrownBy(() -> entries.decode(ByteBuffer.wrap(entry.toByteArray())))
        .isInstanceOf(UpgradeNeededException.class)
        .hasMessageStartingWith("upgrade me");
  }
}
