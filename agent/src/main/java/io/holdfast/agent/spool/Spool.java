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
  private final SpoolFiles files;
  private final AtomicLong acknowledged = new AtomicLong();
  private final List<SpooledEvent> held = new ArrayList<>();
  // The last sequence that may ever have been sent.
  private final AtomicLong told;
  private final AtomicLong heldDropped = new AtomicLong();
  private volatile boolean turnedBack;
  private volatile boolean closed;
  private volatile SpoolState state = new SpoolState.Healthy();
  private long last;

  private Spool(SpoolSettings settings, FileChannel lockFile, SpoolFiles files) {
    this.settings = settings;
    this.lockFile = lockFile;
    this.files = files;
    this.last = files.lastSequence();
    this.told = new AtomicLong(last);
  }

  /**
   * Opens the spool of this directory, or begins one.
   *
   * @param now dates the event that tells of damage, where there is any
   * @throws IOException with a sentence for people, when the directory cannot be used, is used by
   *     another process, or what is damaged cannot be set aside
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
      return new Spool(settings, lockFile, SpoolFiles.open(settings, now, bootId, disk));
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
    return files.view().spool().toString();
  }

  /** The greatest sequence that is on the disk; 0: none was ever. */
  public long lastSequence() {
    return files.lastSequence();
  }

  /** Whether events reach the disk. */
  public SpoolState state() {
    return state;
  }

  /** How full it is. */
  public SpoolLevel level() {
    SpoolFiles.View view = files.view();
    long known = Math.max(acknowledged.get(), view.segments().getFirst().header().base());
    return new SpoolLevel(
        view.bytes(),
        settings.maxBytes(),
        Math.max(0, view.active().lastSequence() - known),
        files.dropped() + heldDropped.get());
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
    while (true) {
      try {
        List<SpooledEvent> events = files.view().after(Math.max(after, acknowledged.get()), max);
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

  /** Closes the files; what could not be written is lost. */
  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      closed = true;
      files.close();
      lockFile.close();
    } finally {
      writing.unlock();
    }
  }

  private void write() {
    try {
      if (turnedBack) {
        renew();
      }
      files.dropUpTo(acknowledged.get());
      files.append(held, acknowledged.get());
      if (!(state instanceof SpoolState.Healthy)) {
        LOG.info("the spool is written again");
        state = new SpoolState.Healthy();
      }
    } catch (IOException e) {
      boundHeld();
      if (state instanceof SpoolState.Healthy) {
        LOG.error("the spool cannot be written, events wait in memory: {}", e.toString());
      }
      state = new SpoolState.Failing(detail(e), held.size());
    }
  }

  private void renew() throws IOException {
    LOG.warn(
        "the ledger has events of the spool {} that it never told: its files were turned back, and"
            + " it gets a new name",
        id());
    files.renew();
    turnedBack = false;
    acknowledged.set(0);
    last = files.lastSequence();
    told.set(last);
    List<SpooledEvent> waiting = List.copyOf(held);
    held.clear();
    for (SpooledEvent event : waiting) {
      last++;
      held.add(new SpooledEvent(last, last - 1, event.at(), event.bootId(), event.event()));
    }
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
