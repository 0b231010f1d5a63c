package io.holdfast.agent.spool;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.Merging;
import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the spool and their bound. Changed by one thread at a time; any may look. */
final class SpoolFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFiles.class);

  private final SpoolSettings settings;
  private final DiskWrites disk;
  private final AtomicLong dropped = new AtomicLong();
  private volatile View view;
  private boolean uncertain;
  private @Nullable Path stray;

  /** The files as of one instant, oldest first; never none. */
  record View(UUID spool, List<Segment> segments) {
    /** Copies the list. */
    View {
      segments = List.copyOf(segments);
    }

    Segment active() {
      return segments.getLast();
    }

    long bytes() {
      return segments.stream().mapToLong(Segment::length).sum();
    }

    /** Events after this sequence, in order, at most {@code max}. */
    List<SpooledEvent> after(long sequence, int max) throws IOException {
      List<SpooledEvent> events = new ArrayList<>();
      for (Segment segment : segments) {
        if (segment.lastSequence() > sequence && events.size() < max) {
          events.addAll(segment.after(sequence, max - events.size()));
        }
      }
      return events;
    }
  }

  private SpoolFiles(SpoolSettings settings, DiskWrites disk, View view) {
    this.settings = settings;
    this.disk = disk;
    this.view = view;
  }

  static SpoolFiles open(SpoolSettings settings, Moment now, String bootId, DiskWrites disk)
      throws IOException {
    Recovery recovery = Recovery.read(settings.directory(), disk);
    if (recovery.segments().isEmpty() && recovery.damage().isEmpty()) {
      SegmentHeader header = new SegmentHeader(UUID.randomUUID(), 1, 0);
      Segment first =
          Segment.create(settings.directory(), header, Collections.emptyIterator(), disk);
      return new SpoolFiles(settings, disk, new View(header.spool(), List.of(first)));
    }
    if (recovery.damage().isEmpty()) {
      UUID spool = recovery.segments().getFirst().header().spool();
      return new SpoolFiles(settings, disk, new View(spool, recovery.segments()));
    }
    try {
      return afterDamage(settings, now, bootId, disk, recovery);
    } catch (IOException | RuntimeException e) {
      recovery.close();
      throw e;
    }
  }

  /** What was sound goes on under a new name, because nobody knows which sequences were given. */
  private static SpoolFiles afterDamage(
      SpoolSettings settings, Moment now, String bootId, DiskWrites disk, Recovery recovery)
      throws IOException {
    LOG.error(
        "the spool is damaged; what is damaged is set aside as *.damaged, at least {} events are"
            + " lost: {}",
        recovery.lost(),
        recovery.damage());
    recovery.setAside();
    View sound = new View(UUID.randomUUID(), recovery.segments());
    List<SpooledEvent> events = new ArrayList<>();
    for (SpooledEvent event : sound.after(0, Integer.MAX_VALUE)) {
      events.add(renumbered(event, events.size() + 1));
    }
    long sequence = events.size() + 1L;
    long wall = now.wallMillis();
    HostEvent dropped =
        new HostEvent.EventsDropped("", recovery.lost(), sequence, sequence, wall, wall);
    events.add(new SpooledEvent(sequence, sequence - 1, now, bootId, dropped));
    SpoolFiles files = new SpoolFiles(settings, disk, sound);
    files.replace(UUID.randomUUID(), recovery.generation() + 1, 0, events.iterator());
    recovery.deleteDamaged();
    return files;
  }

  View view() {
    return view;
  }

  /** Events that gave way since the files were opened. */
  long dropped() {
    return dropped.get();
  }

  /** The greatest sequence on the disk. */
  long lastSequence() {
    return view.active().lastSequence();
  }

  /** Deletes files of which every event is in the ledger; the last sequence stays known. */
  void dropUpTo(long acknowledged) throws IOException {
    // First of all: on a full disk this is what makes room.
    deleteUpTo(acknowledged);
    settle();
    Segment active = view.active();
    if (active.lastSequence() <= acknowledged
        && active.length() > settings.segmentBytes() / 4
        && !active.isEmpty()) {
      begin();
      deleteUpTo(acknowledged);
    }
  }

  private void deleteUpTo(long acknowledged) throws IOException {
    while (view.segments().size() > 1
        && view.segments().getFirst().lastSequence() <= acknowledged) {
      Segment first = view.segments().getFirst();
      view = new View(view.spool(), view.segments().subList(1, view.segments().size()));
      first.delete();
    }
  }

  /** Writes events and removes from the list what is on the disk. */
  void append(List<SpooledEvent> events, long acknowledged) throws IOException {
    while (!events.isEmpty()) {
      settle();
      List<SpooledEvent> chunk = new ArrayList<>();
      List<byte[]> frames = new ArrayList<>();
      long bytes = 0;
      long previous = lastSequence();
      for (SpooledEvent event : events) {
        SpooledEvent chained = chained(event, previous);
        byte[] frame = Frame.encode(chained);
        if (bytes > 0 && bytes + frame.length > settings.segmentBytes()) {
          break;
        }
        chunk.add(chained);
        frames.add(frame);
        bytes += frame.length;
        previous = event.sequence();
      }
      makeRoom(bytes, acknowledged);
      uncertain = true; // until the append below says otherwise
      view.active().append(chunk, frames);
      uncertain = false;
      events.subList(0, chunk.size()).clear();
    }
  }

  /** A new name, and sequences from 1, for what is there. */
  void renew() throws IOException {
    settle();
    AtomicLong count = new AtomicLong();
    SpoolReader events =
        new SpoolReader(view, 0, event -> Optional.of(renumbered(event, count.incrementAndGet())));
    replace(UUID.randomUUID(), view.active().header().generation() + 1, 0, events);
  }

  @Override
  public void close() throws IOException {
    for (Segment segment : view.segments()) {
      segment.close();
    }
  }

  /** After a write that failed nobody knows what is on the disk behind the last sound event. */
  private void settle() throws IOException {
    if (stray != null) {
      Files.deleteIfExists(stray);
      Segment.forceDirectory(settings.directory());
      stray = null;
    }
    if (uncertain) {
      view.active().cutTail();
      if (!view.active().isEmpty()) {
        begin();
      }
      uncertain = false;
    }
  }

  private void makeRoom(long bytes, long acknowledged) throws IOException {
    if (view.bytes() + bytes + SegmentHeader.LENGTH > settings.maxBytes()) {
      compact(bytes, acknowledged);
    }
    Segment active = view.active();
    if (!active.isEmpty() && active.length() + bytes > settings.segmentBytes()) {
      begin();
    }
  }

  /** Begins a new file behind the active one. */
  private void begin() throws IOException {
    SegmentHeader before = view.active().header();
    SegmentHeader header = new SegmentHeader(before.spool(), before.generation(), lastSequence());
    List<Segment> segments = new ArrayList<>(view.segments());
    segments.add(create(header, Collections.emptyIterator()));
    view = new View(view.spool(), segments);
  }

  /** Rewrites the files without what is acknowledged, and merged where that is not enough. */
  private void compact(long room, long acknowledged) throws IOException {
    List<Merging.Entry> entries = new ArrayList<>();
    long base = Math.min(acknowledged, lastSequence());
    SpoolReader events = new SpoolReader(view, acknowledged, Optional::of);
    while (events.hasNext()) {
      SpooledEvent event = events.next();
      if (entries.isEmpty()) {
        base = event.previous();
      }
      entries.add(Merging.Entry.of(event, Frame.encode(event).length));
    }
    long needed = entries.stream().mapToLong(Merging.Entry::bytes).sum();
    long available = settings.maxBytes() - room - 2L * SegmentHeader.LENGTH;
    long target = needed <= available ? available : available - settings.maxBytes() / 4;
    Merging merging = Merging.down(entries, target);
    long[] previous = {base};
    SpoolReader kept =
        new SpoolReader(
            view,
            acknowledged,
            event ->
                merging
                    .keep(event)
                    .map(
                        survivor -> {
                          SpooledEvent chained = chained(survivor, previous[0]);
                          previous[0] = survivor.sequence();
                          return chained;
                        }));
    SegmentHeader header = view.active().header();
    replace(header.spool(), header.generation() + 1, base, kept);
    dropped.addAndGet(merging.dropped());
  }

  /**
   * Puts one file of a new generation, which takes effect at once or not at all, for all others.
   */
  private void replace(UUID spool, long generation, long base, Iterator<SpooledEvent> events)
      throws IOException {
    Segment segment = create(new SegmentHeader(spool, generation, base), events);
    View old = view;
    view = new View(spool, List.of(segment));
    for (Segment replaced : old.segments()) {
      replaced.delete();
    }
  }

  /** A file that may be there after a failure would later be taken for the newest: see settle. */
  private Segment create(SegmentHeader header, Iterator<SpooledEvent> events) throws IOException {
    stray = settings.directory().resolve(header.fileName());
    try {
      Segment segment = Segment.create(settings.directory(), header, events, disk);
      stray = null;
      return segment;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static SpooledEvent chained(SpooledEvent event, long previous) {
    return new SpooledEvent(event.sequence(), previous, event.at(), event.bootId(), event.event());
  }

  private static SpooledEvent renumbered(SpooledEvent event, long sequence) {
    return new SpooledEvent(sequence, sequence - 1, event.at(), event.bootId(), event.event());
  }
}
