package io.holdfast.agent.act.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what was added to a keeper's reports, whole lines only, each sequence once. */
final class ReportTail {
  private static final Logger LOG = LoggerFactory.getLogger(ReportTail.class);
  private static final int CHUNK = 64 * 1024;

  private final Path current;
  private final Path previous;
  private @Nullable Object file;
  private long offset;
  private long sequence;

  /**
   * @param current where the keeper appends
   * @param previous what it moved aside when it grew too long
   */
  ReportTail(Path current, Path previous) {
    this.current = current;
    this.previous = previous;
  }

  /** Reports since the last call, in order; the first call tells all that there are. */
  List<Report> read() throws IOException {
    List<Report> reports = new ArrayList<>();
    Object now = key(current);
    if (!Objects.equals(now, file)) {
      // A new keeper began a new file: what followed the offset in the old one comes first.
      long rest = Objects.equals(key(previous), file) ? offset : 0;
      collect(previous, rest, reports);
      file = now;
      offset = 0;
    }
    offset += collect(current, offset, reports);
    return reports;
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Adds the reports from {@code from} on; returns how many bytes were whole lines. */
  private long collect(Path path, long from, List<Report> reports) throws IOException {
    long taken = 0;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      while (channel.read(buffer.clear(), from + taken) > 0) {
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        if (end == 0) {
          break;
        }
        String lines =
            new String(buffer.array(), 0, end, StandardCharsets.UTF_8); // details may name anything
        lines.lines().forEach(line -> add(line, reports));
        taken += end;
      }
    } catch (NoSuchFileException e) {
      return 0;
    }
    return taken;
  }

  private void add(String line, List<Report> reports) {
    if (line.isEmpty()) {
      return;
    }
    try {
      Report report = Report.parse(line);
      if (report.sequence() > sequence) {
        sequence = report.sequence();
        reports.add(report);
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: {}", current, e.getMessage());
    }
  }
}
