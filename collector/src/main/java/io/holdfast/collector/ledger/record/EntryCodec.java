package io.holdfast.collector.ledger.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.proto.ledger.v1.Entry;
import java.nio.ByteBuffer;
import java.util.List;

/** One entry of the log: the records of one decision. */
public final class EntryCodec {

  /** The highest feature level that this build reads. It writes the lowest that will do. */
  public static final int LEVEL = TrustMapping.LEVEL;

  /** The first one: plans, events, incidents. */
  static final int FIRST_LEVEL = 1;

  private final RecordMapping mapping;

  /** Reads the plans of the log with {@code parser}. */
  public EntryCodec(PlanParser parser) {
    this.mapping = new RecordMapping(parser);
  }

  /** The bytes of an entry with these records. */
  public byte[] encode(List<LedgerRecord> records) {
    Entry.Builder entry = Entry.newBuilder().setLevel(levelOf(records));
    records.forEach(record -> entry.addRecords(mapping.toProto(record)));
    return entry.build().toByteArray();
  }

  /** Who uses no certificates of this cluster can go back to the build before. */
  private static int levelOf(List<LedgerRecord> records) {
    return records.stream().anyMatch(LedgerRecord.TrustChanged.class::isInstance)
        ? TrustMapping.LEVEL
        : FIRST_LEVEL;
  }

  /**
   * The records of an entry, in their order.
   *
   * @throws UpgradeNeededException when a newer build wrote it
   * @throws IllegalArgumentException when the bytes are no entry
   */
  public List<LedgerRecord> decode(ByteBuffer bytes) {
    Entry entry;
    try {
      entry = Entry.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an entry of the ledger: " + e.getMessage(), e);
    }
    checkLevel(entry.getLevel(), "an entry");
    return entry.getRecordsList().stream().map(mapping::fromProto).toList();
  }

  static void checkLevel(int level, String what) {
    if (level < 1) {
      throw new IllegalArgumentException(what + " of the ledger has no feature level");
    }
    if (level > LEVEL) {
      throw new UpgradeNeededException(what + " of feature level " + level);
    }
  }
}
