package io.holdfast.agent.spool;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.Merging;
import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of this host that the ledger does not have yet.
 *
 * <p>{@link #append} and {@link #tidy} write and wait for the disk: call them on a worker. All
 * other methods take no lock and may be called from any thread, also while the disk hangs; {@link
 * #unacknowledged} reads files that were just written.
 *
 * <p>An event is told by {@link #unacknowledged} only once it is on the disk, so that its sequence
 * is never given to another one. At the bound events give way as {@link Merging} says.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolSettings settings;
  private final FileChannel lockFile;
  private final ReentrantLock writing = new ReentrantLock();
  private final DiskWrites disk;
  private final Moment begun;
  private final String bootId;
  // Until the files could be opened nothing is told, and this names the spool.
  private final String unopened = UUID.randomUUID().toString();
  private volatile Optional<SpoolFiles> files = Optional.empty();
  private Optional<HeldNote> note = Optional.empty();
  private HeldNote.Held noted = HeldNote.Held.NOTHING;
  private final AtomicLong acknowledged = new AtomicLong();
  private final List<SpooledEvent> held = new ArrayList<>();
  // The last sequence that may ever have been sent.
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong heldDropped = new AtomicLong();
  private volatile boolean turnedBack;
  private volatile boolean closed;
  private volatile SpoolState state = new SpoolState.Healthy();
  private long last;

  private Spool(
      SpoolSettings settings, FileChannel lockFile, DiskWrites disk, Moment begun, String bootId) {
    this.settings = settings;
    this.lockFile = lockFile;
    this.disk = disk;
    this.begun = begun;
    this.bootId = bootId;
  }

  /**
   * Opens the spool of this directory, or begins one. Where the disk does not let it, {@link
   * #state} is failing: events wait in memory until it does.
   *
   * @param now dates the events that tell of damage and of loss, where there is any
   * @throws IOException with a sentence for people, when the directory cannot be used or is used by
   *     another process
   */
  public static Spool open(SpoolSettings settings, Moment now, String bootId) throws IOException {
    return open(settings, now, bootId, DiskWrites.real());
  }

  static Spool open(SpoolSettings settings, Moment now, String bootId, DiskWrites disk)
      throws IOException {
    Files.createDirectories(settings.directory());
    FileChannel lockFile =
        FileChannel.open(
            settings.directory().resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      lock(lockFile, settings);
      Spool spool = new Spool(settings, lockFile, disk, now, bootId);
      spool.tidy();
      return spool;
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static void lock(FileChannel file, SpoolSettings settings) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("the spool " + settings.directory() + " is used by another agent");
    }
  }

  /** Names the spool; a new name is given when the files were damaged, lost or turned back. */
  public String id() {
    return files.map(opened -> opened.view().spool().toString()).orElse(unopened);
  }

  /** The greatest sequence that is on the disk; 0: none was ever. */
  public long lastSequence() {
    return files.map(SpoolFiles::lastSequence).orElse(0L);
  }

  /** Whether events reach the disk. */
  public SpoolState state() {
    return state;
  }

  /** How full it is. */
  public SpoolLevel level() {
    return files
        .map(this::level)
        .orElseGet(() -> new SpoolLevel(0, settings.maxBytes(), 0, heldDropped.get()));
  }

  private SpoolLevel level(SpoolFiles opened) {
    SpoolFiles.View view = opened.view();
    long known = Math.max(acknowledged.get(), view.segments().getFirst().header().base());
    return new SpoolLevel(
        view.bytes(),
        settings.maxBytes(),
        Math.max(0, view.active().lastSequence() - known),
        opened.dropped() + heldDropped.get());
  }

  /**
   * Adds events. They are on the disk on return, unless {@link #state} is failing then: in that
   * case they wait in memory, and the next call or {@link #tidy} tries again.
   *
   * @throws io.holdfast.wire.WireException when a number of an event is one that no reader would
   *     take back; none of the events is added
   */
  public void append(List<HostEvent> events, Moment at, String bootId) {
    writing.lock();
    try {
      long sequence = last;
      List<SpooledEvent> added = new ArrayList<>();
      for (HostEvent event : events) {
        SpooledEvent spooled = new SpooledEvent(sequence + 1, sequence, at, bootId, event);
        Frame.encode(spooled);
        added.add(spooled);
        sequence++;
      }
      held.addAll(added);
      last = sequence;
      write();
    } finally {
      writing.unlock();
    }
  }

  /** Events after this sequence that are not acknowledged, in order, at most {@code max}. */
  public List<SpooledEvent> unacknowledged(long after, int max) {
    Optional<SpoolFiles> opened = files;
    while (opened.isPresent()) {
      try {
        List<SpooledEvent> events =
            opened.get().view().after(Math.max(after, acknowledged.get()), max);
        if (!events.isEmpty()) {
          told.accumulateAndGet(events.getLast().sequence(), Math::max);
        }
        return events;
      } catch (ClosedChannelException e) {
        if (closed) {
          return List.of();
        }
        // The files were rewritten in between: the new ones have it.
      } catch (IOException e) {
        LOG.error("the spool cannot be read: {}", e.getMessage());
        return List.of();
      }
    }
    return List.of();
  }

  /**
   * The ledger has every event up to this sequence. Files go with the next {@link #append} or
   * {@link #tidy}.
   *
   * @return false when this spool never told that sequence: its files were turned back to an older
   *     state, and sequences would be given twice. The next {@link #append} or {@link #tidy} then
   *     gives the spool a new {@link #id} and its events new sequences, so the stream of events has
   *     to be opened anew
   */
  public boolean acknowledge(long sequence) {
    if (sequence > told.get()) {
      turnedBack = true;
      return false;
    }
    acknowledged.accumulateAndGet(sequence, Math::max);
    return true;
  }

  /** Drops what is acknowledged and tries again what could not be written; each few seconds. */
  public void tidy() {
    writing.lock();
    try {
      write();
    } finally {
      writing.unlock();
    }
  }

  /** Closes the files. What could not be written is lost; the next spool here says how much. */
  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      closed = true;
      if (files.isPresent()) {
        files.get().close();
      }
      if (note.isPresent()) {
        note.get().close();
      }
      lockFile.close();
    } finally {
      writing.unlock();
    }
  }

  private void write() {
    try {
      SpoolFiles opened = opened();
      if (turnedBack) {
        renew(opened);
      }
      opened.dropUpTo(acknowledged.get());
      opened.append(held, acknowledged.get());
      if (!(state instanceof SpoolState.Healthy)) {
        LOG.info("the spool is written again");
        state = new SpoolState.Healthy();
      }
    } catch (IOException e) {
      boundHeld();
      if (state instanceof SpoolState.Healthy) {
        LOG.error(
            "the spool {} cannot be written, events wait in memory and are not sent: {}",
            settings.directory(),
            detail(e));
      }
      state = new SpoolState.Failing(detail(e), held.size());
    }
    noteHeld();
  }

  /** The files; a disk that is full or damaged may not let them be opened or begun yet. */
  private SpoolFiles opened() throws IOException {
    if (files.isPresent()) {
      return files.get();
    }
    SpoolFiles opened = SpoolFiles.open(settings, begun, bootId, disk);
    last = opened.lastSequence();
    told.set(last);
    openNote();
    lostBefore().ifPresent(held::addFirst);
    renumberHeld();
    files = Optional.of(opened);
    return opened;
  }

  private void openNote() {
    try {
      note = Optional.of(HeldNote.open(settings.directory()));
    } catch (IOException e) {
      LOG.debug("what waits in memory cannot be noted on the disk: {}", e.toString());
    }
  }

  /** What waited in the memory of the agent before this one, which wrote it nowhere else. */
  private Optional<SpooledEvent> lostBefore() throws IOException {
    if (note.isPresent()) {
      noted = note.get().read().orElse(HeldNote.Held.NOTHING);
    }
    if (noted.events() == 0) {
      return Optional.empty();
    }
    LOG.error("{} events that the agent before this one could not write are lost", noted.events());
    long sequence = last + 1;
    HostEvent dropped =
        new HostEvent.EventsDropped(
            "",
            noted.events(),
            sequence,
            sequence,
            noted.firstWallMillis(),
            noted.lastWallMillis());
    return Optional.of(new SpooledEvent(sequence, last, begun, bootId, dropped));
  }

  private void noteHeld() {
    HeldNote.Held now = HeldNote.Held.of(held);
    if (now.equals(noted) || note.isEmpty()) {
      return;
    }
    try {
      note.get().write(now);
      noted = now;
    } catch (IOException e) {
      LOG.debug("what waits in memory cannot be noted on the disk: {}", e.toString());
    }
  }

  private void renew(SpoolFiles opened) throws IOException {
    LOG.warn(
        "the ledger has events of the spool {} that it never told: its files were turned back, and"
            + " it gets a new name",
        id());
    opened.renew();
    turnedBack = false;
    acknowledged.set(0);
    last = opened.lastSequence();
    told.set(last);
    renumberHeld();
  }

  /** What waits follows what is in the files. */
  private void renumberHeld() {
    held.replaceAll(
        event -> {
          last++;
          return new SpooledEvent(last, last - 1, event.at(), event.bootId(), event.event());
        });
  }

  private void boundHeld() {
    List<Merging.Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (SpooledEvent event : held) {
      Merging.Entry entry = Merging.Entry.of(event, Frame.encode(event).length);
      entries.add(entry);
      bytes += entry.bytes();
    }
    if (bytes > settings.heldBytes()) {
      Merging merging = Merging.down(entries, settings.heldBytes() / 4 * 3);
      heldDropped.addAndGet(merging.dropped());
      LOG.warn(
          "{} events in memory were merged: no room on the disk for {} bytes",
          merging.dropped(),
          bytes);
      List<SpooledEvent> kept = new ArrayList<>();
      held.forEach(event -> merging.keep(event).ifPresent(kept::add));
      held.clear();
      held.addAll(kept);
    }
  }

  private static String detail(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
