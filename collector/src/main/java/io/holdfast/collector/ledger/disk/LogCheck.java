package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log before Ratis does. Ratis drops a torn end and goes on, and stops at one that is
 * torn in another way; here the {@link Tip} decides: what was acknowledged must be whole, and a
 * torn rest that nobody was told of (a crash in the middle of a write) is set aside.
 *
 * <p>For a group of one. With more members an entry may be safe on others before it is here.
 */
final class LogCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);

  private final Path directory;
  private final Tip snapshot;
  private final Tip tip;
  private long last;
  private boolean tipSeen;

  /**
   * Of the ledger in {@code directory}.
   *
   * @param snapshot the last entry that is in the newest snapshot
   */
  LogCheck(Path directory, Tip snapshot, Tip tip) {
    this.directory = directory;
    this.snapshot = snapshot;
    this.tip = tip;
    this.tipSeen = tip.index() <= snapshot.index();
  }

  /**
   * Checks the log and, where that loses nothing that was acknowledged, repairs its end.
   *
   * @param log the directory of the log's files
   * @throws RefusedException when an acknowledged entry is missing or damaged
   */
  void run(Path log) throws IOException {
    List<SegmentFile> segments = SegmentFile.in(log);
    last = segments.isEmpty() ? snapshot.index() : segments.getFirst().start() - 1;
    if (last > snapshot.index()) {
      throw missing(snapshot.index() + 1, last);
    }
    for (SegmentFile segment : segments) {
      check(segment, segment == segments.getLast());
    }
    if (Math.max(last, snapshot.index()) < tip.index()) {
      throw shortened("");
    }
    if (!tipSeen) {
      throw RefusedException.damaged(
          directory,
          "The entry "
              + tip.index()
              + " of the ledger in "
              + log
              + " is not the one that was"
              + " acknowledged (of term "
              + tip.term()
              + ").");
    }
  }

  private void check(SegmentFile segment, boolean isLast) throws IOException {
    if (segment.start() != last + 1) {
      throw missing(last + 1, segment.start() - 1);
    }
    SegmentContent content = SegmentContent.of(segment);
    tipSeen |= content.entries().contains(tip);
    last += content.entries().size();
    if (segment.isOpen() && isLast) {
      if (!content.isWhole()) {
        setTornEndAside(segment, content);
      }
    } else if (!content.isWhole() || last != segment.end().orElse(last)) {
      throw RefusedException.damaged(
          directory,
          "The ledger's log file %s is damaged at byte %d: entry %d and what follows cannot be read."
              .formatted(segment.path(), content.readable(), last + 1));
    }
  }

  private void setTornEndAside(SegmentFile segment, SegmentContent content) throws IOException {
    if (Math.max(last, snapshot.index()) < tip.index()) {
      throw shortened(
          " Its log file %s is damaged at byte %d.".formatted(segment.path(), content.readable()));
    }
    Path aside = directory.resolve("torn-%d-%d".formatted(last + 1, Instant.now().toEpochMilli()));
    try (FileChannel channel =
        FileChannel.open(segment.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer torn = ByteBuffer.allocate((int) content.remainder());
      channel.read(torn, content.readable());
      DurableFiles.replace(aside, torn.array());
      channel.truncate(content.readable());
      channel.force(true);
    }
    LOG.warn(
        "The ledger's log ended in the middle of a write after entry {}, as a crash leaves it."
            + " Nobody was told of what was cut off ({} bytes; entry {} is the last one that was"
            + " acknowledged): it is kept in {}.",
        last,
        content.remainder(),
        tip.index(),
        aside);
  }

  private RefusedException shortened(String where) {
    return RefusedException.damaged(
        directory,
        "The ledger on disk ends at index %d but index %d was acknowledged."
                .formatted(Math.max(last, snapshot.index()), tip.index())
            + where);
  }

  private RefusedException missing(long from, long to) {
    return RefusedException.damaged(
        directory,
        "The entries %d to %d of the ledger in %s are missing.".formatted(from, to, directory));
  }
}
