package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of Ratis's log.
 *
 * @param start index of its first entry
 * @param end index of its last entry; empty: it is the one that is being written
 */
record SegmentFile(Path path, long start, OptionalLong end) {
  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");

  /** The log's files in the order of their entries. */
  static List<SegmentFile> in(Path directory) throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return segments;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "log_*")) {
      for (Path file : files) {
        Matcher closed = CLOSED.matcher(file.getFileName().toString());
        Matcher open = OPEN.matcher(file.getFileName().toString());
        if (closed.matches()) {
          long end = Long.parseLong(closed.group(2));
          segments.add(
              new SegmentFile(file, Long.parseLong(closed.group(1)), OptionalLong.of(end)));
        } else if (open.matches()) {
          segments.add(new SegmentFile(file, Long.parseLong(open.group(1)), OptionalLong.empty()));
        }
      }
    }
    segments.sort(
        Comparator.comparingLong(SegmentFile::start)
            .thenComparing(segment -> segment.end().isEmpty()));
    return segments;
  }

  boolean isOpen() {
    return end.isEmpty();
  }
}
