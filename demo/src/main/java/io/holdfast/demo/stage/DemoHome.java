package io.holdfast.demo.stage;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * The folder {@code .holdfast/demo} of a checkout: it says where the demo runs, and lets only one
 * run. A bench has one of its own, {@code .holdfast/bench}.
 *
 * <p>{@code lock} is held by the kernel for as long as the demo's process lives, however it ends.
 * {@code run} names the run folder, and is written before that folder is made and removed after it
 * is gone. {@code cli.yaml} lets {@code ./holdfast status} find the demo.
 */
public final class DemoHome implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;

  private DemoHome(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the checkout's demo for this process.
   *
   * @param root the checkout
   * @throws StageException with exit code 3 when another demo has it; 2 when the folder cannot be
   *     written
   */
  public static DemoHome take(Path root) {
    return take(root, "demo");
  }

  /**
   * Takes the checkout's demo or bench for this process, as {@link #take(Path)} does.
   *
   * @param what name of the folder, and what the refusal calls it
   */
  public static DemoHome take(Path root, String what) {
    Path folder = root.resolve(".holdfast").resolve(what);
    Path lock = folder.resolve("lock");
    try {
      while (true) {
        Files.createDirectories(folder);
        createIfMissing(lock);
        Object before = identity(lock);
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
          channel.close();
          throw StageException.refused(
              "a %s of this checkout is running already".formatted(what)
                  + read(folder).map(run -> ": process " + run.getProperty("pid")).orElse("")
                  + "; end it first, with Ctrl-C in its terminal");
        }
        // The demo before may have removed the file while we came to lock it: then the lock is
        // worth nothing. The file is never read here: closing a second handle would give up the
        // lock.
        if (identity(lock).equals(before)) {
          return new DemoHome(folder, channel);
        }
        channel.close();
      }
    } catch (NoSuchFileException removed) {
      return take(root, what);
    } catch (IOException e) {
      throw StageException.notReady("cannot write in " + folder + ": " + e.getMessage());
    }
  }

  /** The run that a demo before did not clean up. */
  public Optional<RunFolder> stale() {
    return read(folder)
        .map(run -> Path.of(run.getProperty("folder", "")))
        .filter(RunFolder::looksLikeOne)
        .map(RunFolder::new);
  }

  /** Says where this demo runs. */
  public void record(RunFolder run) {
    var text = new StringWriter();
    long pid = ProcessHandle.current().pid();
    var properties = new Properties();
    properties.setProperty("folder", run.path().toString());
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("started", ProcessTable.startTicks(pid).orElse(""));
    try {
      properties.store(text, null);
      write("run", text.toString());
    } catch (IOException e) {
      throw StageException.notReady("cannot write in " + folder + ": " + e.getMessage());
    }
  }

  /** Lets the command line find the collector. */
  public void writeCliYaml(String text) throws IOException {
    write("cli.yaml", text);
  }

  /** Removes what stands here. */
  public void forget() throws IOException {
    for (String name : new String[] {"cli.yaml", "run"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve("lock"));
    channel.close();
    removeIfEmpty(folder);
    removeIfEmpty(Objects.requireNonNull(folder.getParent()));
  }

  private void write(String name, String text) throws IOException {
    Path next = folder.resolve(name + ".next");
    Files.deleteIfExists(next);
    Files.createFile(next, RunFolder.permissions("rw-------"));
    Files.writeString(next, text);
    Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<Properties> read(Path folder) {
    try {
      var properties = new Properties();
      properties.load(new StringReader(Files.readString(folder.resolve("run"))));
      return Optional.of(properties);
    } catch (IOException | IllegalArgumentException noneOrBroken) {
      return Optional.empty();
    }
  }

  private static void createIfMissing(Path lock) throws IOException {
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException there) {
      // Somebody's, or left by a demo that was killed: the lock on it tells.
    }
  }

  private static Object identity(Path lock) throws IOException {
    try {
      return Files.readAttributes(lock, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException removed) {
      return "none";
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      // Something else lives here; it is not ours to remove.
    }
  }
}
