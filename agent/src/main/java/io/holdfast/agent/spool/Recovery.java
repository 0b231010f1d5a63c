package io.holdfast.agent.spool;

import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a process before this one left in the spool's directory.
 *
 * <p>A last file that ends in the middle of an event was being written when its process died: that
 * end was never sent, and is cut off. Anything else that does not fit together is damage.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private static final Pattern NAME = Pattern.compile("[0-9]{10}-[0-9]{19}\\.spool");

  private final Path directory;
  private final DiskWrites disk;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Path> damaged = new ArrayList<>();
  private String damage = "";
  private long generation;
  private long lost;

  private Recovery(Path directory, DiskWrites disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /** Reads the directory; leftovers of an unfinished rewrite are deleted. */
  static Recovery read(Path directory, DiskWrites disk) throws IOException {
    Recovery recovery = new Recovery(directory, disk);
    List<Path> files = recovery.current();
    try {
      for (int i = 0; i < files.size(); i++) {
        recovery.open(files.get(i), i == files.size() - 1);
      }
      return recovery;
    } catch (IOException | RuntimeException e) {
      recovery.close();
      throw e;
    }
  }

  /** Gives up: nothing goes on with these files. */
  void close() throws IOException {
    for (Segment segment : segments) {
      segment.close();
    }
  }

  /** The sound files in order; what follows the damage is not among them. */
  List<Segment> segments() {
    return segments;
  }

  /** What is damaged, for people; empty when all is sound. */
  String damage() {
    return damage;
  }

  /** At least so many events are lost by the damage. */
  long lost() {
    return Math.max(1, lost);
  }

  /** Of the files. */
  long generation() {
    return generation;
  }

  /** Deletes the first names of the damaged files. */
  void deleteDamaged() throws IOException {
    for (Path file : damaged) {
      Files.deleteIfExists(file);
    }
  }

  /** Gives the damaged files a second name that no rewrite deletes. */
  void setAside() throws IOException {
    for (Path file : damaged) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      try {
        Files.createLink(aside, file);
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} was set aside before", aside);
      } catch (UnsupportedOperationException e) {
        Files.copy(file, aside);
      }
    }
    Segment.forceDirectory(directory);
  }

  /** Names begin with what orders them, so those of the newest generation are last. */
  private List<Path> current() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.spool")) {
      entries.forEach(files::add);
    }
    files.removeIf(file -> !NAME.matcher(String.valueOf(file.getFileName())).matches());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.spool.tmp")) {
      for (Path leftover : entries) {
        Files.delete(leftover);
      }
    }
    files.sort(null);
    if (!files.isEmpty()) {
      generation = generation(files.getLast());
      for (Path file : List.copyOf(files)) {
        if (generation(file) != generation) {
          files.remove(file);
          Files.delete(file);
        }
      }
    }
    return files;
  }

  private static long generation(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).substring(0, 10));
  }

  private void open(Path file, boolean last) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    bytes.flip();
    SegmentHeader header;
    try {
      header = SegmentHeader.decode(bytes);
    } catch (IOException e) {
      channel.close();
      damaged(file, String.valueOf(e.getMessage()), bytes, 0);
      return;
    }
    Optional<String> misfit = misfit(header);
    if (!damage.isEmpty() || misfit.isPresent()) {
      channel.close();
      damaged(file, misfit.orElse("it follows a damaged file"), bytes, SegmentHeader.LENGTH);
      return;
    }
    Segment segment = new Segment(file, header, channel, disk);
    segments.add(segment);
    int end = scan(segment, bytes);
    if (end < bytes.limit()) {
      unsound(segment, bytes, end, last);
    } else if (last) {
      segment.cutTail(); // whole events that were never forced are told from now on
    }
  }

  private Optional<String> misfit(SegmentHeader header) {
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    Segment before = segments.getLast();
    if (!before.header().spool().equals(header.spool())) {
      return Optional.of("it is of another spool");
    }
    return before.lastSequence() == header.base()
        ? Optional.empty()
        : Optional.of(
            "it follows event "
                + header.base()
                + ", but the file before ends with event "
                + before.lastSequence());
  }

  /** Notes the sound events; returns where they end. */
  private static int scan(Segment segment, ByteBuffer bytes) {
    int at = SegmentHeader.LENGTH;
    for (int length; (length = Frame.length(bytes, at)) > 0; at += length) {
      Optional<SpooledEvent> event = Frame.decode(bytes, at, length);
      if (event.isEmpty() || event.get().previous() != segment.lastSequence()) {
        break;
      }
      segment.found(event.get().sequence(), at + length);
    }
    return at;
  }

  private void unsound(Segment segment, ByteBuffer bytes, int end, boolean last)
      throws IOException {
    if (last && framesFrom(bytes, end) == 0) {
      LOG.info(
          "{}: {} bytes of an unfinished write are cut off", segment.path(), bytes.limit() - end);
      segment.cutTail();
    } else {
      damaged(segment.path(), "it is damaged at byte " + end, bytes, end);
      lost++; // the one that is not sound
    }
  }

  private void damaged(Path file, String what, ByteBuffer bytes, int from) {
    damaged.add(file);
    lost += framesFrom(bytes, from);
    if (damage.isEmpty()) {
      damage = file + ": " + what;
    }
  }

  /** How many sound events there are at any place from here on. */
  private static int framesFrom(ByteBuffer bytes, int from) {
    int frames = 0;
    for (int at = from; at < bytes.limit(); ) {
      int length = Frame.length(bytes, at);
      frames += length > 0 ? 1 : 0;
      at += Math.max(1, length);
    }
    return frames;
  }
}
