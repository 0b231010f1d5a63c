package io.holdfast.collector.ledger.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.ratis.util.FileUtils;

/**
 * The directory of one ledger, locked for this process:
 *
 * <pre>
 * ledger.lock  identity  tip  reserve  torn-INDEX-MILLIS
 * ratis/GROUP/current   raft-meta and the log
 * ratis/GROUP/sm        snapshots
 * </pre>
 */
public final class LedgerDirectory implements Closeable {
  private static final String LOCK = "ledger.lock";

  private final Path root;
  private final FileChannel lockChannel;

  // Both are set by check().
  private LedgerIdentity identity;
  private TipFile tipFile;

  @SuppressWarnings("NullAway.Init")
  private LedgerDirectory(Path root, FileChannel lockChannel) {
    this.root = root;
    this.lockChannel = lockChannel;
  }

  /**
   * Creates the directory where it is missing, and locks it.
   *
   * @throws RefusedException when another ledger is running on it
   */
  public static LedgerDirectory open(Path root) throws IOException {
    Path directory = root.toAbsolutePath().normalize();
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new RefusedException(
          "Another collector is running on the ledger in "
              + directory
              + ". Stop it first, or give this one a state directory of its own.");
    }
    return new LedgerDirectory(directory, channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Checks that all that was acknowledged is here and whole, before Ratis touches anything.
   *
   * @param peer name of the collector
   * @param machine id of this machine; empty: do not bind the ledger to it
   * @throws RefusedException when it is not, or the ledger is another one's
   */
  public void check(String peer, String machine) throws IOException {
    Optional<LedgerIdentity> known = LedgerIdentity.read(identityFile());
    if (known.isEmpty()) {
      identity = begin(peer, machine);
    } else {
      identity = known.get();
      checkIdentity(peer, machine);
      if (!identity.formed()) {
        beginAgain();
      }
      checkGroups();
    }
    tipFile = openTip();
    Optional<SnapshotFile> snapshot = checkSnapshot();
    new LogCheck(
            root,
            snapshot.map(found -> new Tip(found.term(), found.index())).orElse(Tip.NONE),
            tipFile.tip())
        .run(groupDirectory().resolve("current"));
  }

  private LedgerIdentity begin(String peer, String machine) throws IOException {
    if (Files.exists(ratisDirectory()) || Files.exists(tipPath())) {
      throw RefusedException.damaged(
          root,
          root
              + " holds a ledger without its file \"identity\": it is damaged or not a ledger of"
              + " Holdfast.");
    }
    LedgerIdentity created = LedgerIdentity.create(peer, machine);
    created.write(identityFile());
    return created;
  }

  /** The first start never came to an end: nothing was acknowledged, what it left is rubble. */
  private void beginAgain() throws IOException {
    if (Files.exists(tipPath())) {
      try (TipFile old = TipFile.open(tipPath())) {
        if (!old.tip().equals(Tip.NONE)) {
          throw RefusedException.damaged(
              root, identityFile() + " says that the ledger never ran, and its tip that it did.");
        }
      }
    }
    FileUtils.deleteFully(ratisDirectory().toFile());
  }

  private void checkIdentity(String peer, String machine) {
    if (!identity.peer().equals(peer)) {
      throw new RefusedException(
          "The ledger in %s belongs to the collector \"%s\", not to \"%s\". Give this collector its own state directory, or its old name."
              .formatted(root, identity.peer(), peer));
    }
    if (!identity.machine().isEmpty()
        && !machine.isEmpty()
        && !identity.machine().equals(machine)) {
      throw new RefusedException(
          "The ledger in %s was made on the machine %s, and this is the machine %s: two copies of one ledger must never run. If it was moved here for good and its old copy is gone, write the new machine's id into %s."
              .formatted(root, identity.machine(), machine, identityFile()));
    }
  }

  private void checkGroups() throws IOException {
    Path meta = groupDirectory().resolve("current").resolve("raft-meta");
    if (identity.formed() && !Files.exists(meta)) {
      throw RefusedException.damaged(
          root,
          "The ledger in "
              + root
              + " is known but its storage is empty or foreign: "
              + meta
              + " is missing.");
    }
    if (!Files.isDirectory(ratisDirectory())) {
      return;
    }
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(ratisDirectory())) {
      for (Path group : groups) {
        if (Files.isDirectory(group) && !group.equals(groupDirectory())) {
          throw RefusedException.damaged(
              root, group + " is of another ledger: this one's group is " + group() + ".");
        }
      }
    }
  }

  private TipFile openTip() throws IOException {
    if (!identity.formed()) {
      TipFile.create(tipPath());
    }
    return TipFile.open(tipPath());
  }

  private Optional<SnapshotFile> checkSnapshot() throws IOException {
    Optional<SnapshotFile> newest = SnapshotFile.newest(groupDirectory().resolve("sm"));
    if (newest.isPresent()) {
      try {
        newest.get().read();
      } catch (RefusedException e) {
        throw RefusedException.damaged(root, String.valueOf(e.getMessage()));
      }
    }
    return newest;
  }

  /** Notes that this ledger has led: from now on its storage must be there. */
  public void markFormed() throws IOException {
    if (!identity.formed()) {
      identity = identity.nowFormed();
      identity.write(identityFile());
    }
  }

  /** Where the ledger is. */
  public Path root() {
    return root;
  }

  /** Where Ratis keeps its storage. */
  public Path ratisDirectory() {
    return root.resolve("ratis");
  }

  /** Where the reserve of space is. */
  public Path reserveFile() {
    return root.resolve("reserve");
  }

  /** Id of the group of Ratis, once {@link #check} passed. */
  public UUID group() {
    return identity.group();
  }

  /** The tip, once {@link #check} passed; closed with this directory. */
  public TipFile tip() {
    return tipFile;
  }

  private Path groupDirectory() {
    return ratisDirectory().resolve(identity.group().toString());
  }

  private Path identityFile() {
    return root.resolve("identity");
  }

  private Path tipPath() {
    return root.resolve("tip");
  }

  @Override
  public void close() throws IOException {
    try (lockChannel) {
      if (tipFile != null) {
        tipFile.close();
      }
    }
  }
}
