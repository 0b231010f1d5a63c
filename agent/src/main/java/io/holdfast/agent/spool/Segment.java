package io.holdfast.agent.spool;

import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * One file of the spool. Written by one thread at a time; read by any thread, which sees what is on
 * the disk for certain and nothing else.
 */
final class Segment implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final Path path;
  private final SegmentHeader header;
  private final FileChannel channel;
  private final DiskWrites disk;
  // Entry i is the i-th event; entries are added before count says so.
  private volatile long[] sequences = new long[64];
  private volatile int[] ends = new int[64];
  private volatile int count;

  /** An open file of which nothing is known yet but its header. */
  Segment(Path path, SegmentHeader header, FileChannel channel, DiskWrites disk) {
    this.path = path;
    this.header = header;
    this.channel = channel;
    this.disk = disk;
  }

  /** Makes a file that is there with all these events or not at all. */
  static Segment create(
      Path directory, SegmentHeader header, Iterator<SpooledEvent> events, DiskWrites disk)
      throws IOException {
    Path path = directory.resolve(header.fileName());
    Path temporary = directory.resolve(header.fileName() + ".tmp");
    Files.deleteIfExists(temporary);
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Segment segment = new Segment(path, header, channel, disk);
    try {
      disk.write(channel, ByteBuffer.wrap(header.encode()), 0);
      List<SpooledEvent> chunk = new ArrayList<>();
      List<byte[]> frames = new ArrayList<>();
      long bytes = 0;
      while (events.hasNext()) {
        SpooledEvent event = events.next();
        chunk.add(event);
        frames.add(Frame.encode(event));
        bytes += frames.getLast().length;
        if (bytes > CHUNK || !events.hasNext()) {
          segment.write(frames);
          segment.publish(chunk, frames);
          chunk.clear();
          frames.clear();
          bytes = 0;
        }
      }
      disk.force(channel);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory(directory);
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.close();
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Makes names that were added or removed outlast a crash. */
  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  SegmentHeader header() {
    return header;
  }

  Path path() {
    return path;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The sequence of the last event; of the one before the file while it has none. */
  long lastSequence() {
    int known = count;
    return known == 0 ? header.base() : sequences[known - 1];
  }

  /** Bytes that are known to be sound. */
  long length() {
    int known = count;
    return known == 0 ? SegmentHeader.LENGTH : ends[known - 1];
  }

  /** Adds events; they are on the disk on return. */
  void append(List<SpooledEvent> events, List<byte[]> frames) throws IOException {
    write(frames);
    disk.force(channel);
    publish(events, frames);
  }

  /** Notes an event that was found in the file. */
  void found(long sequence, int end) {
    int known = count;
    if (known == sequences.length) {
      sequences = Arrays.copyOf(sequences, known * 2);
      ends = Arrays.copyOf(ends, known * 2);
    }
    sequences[known] = sequence;
    ends[known] = end;
    count = known + 1;
  }

  /** Cuts off what follows the last sound event. */
  void cutTail() throws IOException {
    channel.truncate(length());
    disk.force(channel);
  }

  /** Events after this sequence, in order, at most {@code max}. */
  List<SpooledEvent> after(long sequence, int max) throws IOException {
    int known = count;
    int[] endOf = ends;
    int from = Arrays.binarySearch(sequences, 0, known, sequence);
    from = from < 0 ? -from - 1 : from + 1;
    int to = (int) Math.min(known, (long) from + max);
    if (from >= to) {
      return List.of();
    }
    int start = from == 0 ? SegmentHeader.LENGTH : endOf[from - 1];
    ByteBuffer bytes = read(start, endOf[to - 1] - start);
    List<SpooledEvent> events = new ArrayList<>(to - from);
    for (int i = from, at = 0; i < to; i++) {
      int length = Frame.length(bytes, at);
      if (length == 0) {
        throw new IOException(path + " is damaged at byte " + (start + at));
      }
      events.add(
          Frame.decode(bytes, at, length)
              .orElseThrow(() -> new IOException(path + " cannot be read by this build")));
      at += length;
    }
    return events;
  }

  /** The file's bytes from here on. */
  ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  private void write(List<byte[]> frames) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.length).sum());
    frames.forEach(bytes::put);
    disk.write(channel, bytes.flip(), length());
  }

  private void publish(List<SpooledEvent> events, List<byte[]> frames) {
    long end = length();
    for (int i = 0; i < frames.size(); i++) {
      end += frames.get(i).length;
      found(events.get(i).sequence(), Math.toIntExact(end));
    }
  }
}
