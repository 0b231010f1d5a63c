package io.holdfast.agent.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's run directory: one agent at a time, and the run file that says who it is. */
final class RunDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

  private final Path runFile;
  private final FileChannel channel;
  private final FileLock lock;

  private RunDirectory(Path runFile, FileChannel channel, FileLock lock) {
    this.runFile = runFile;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the directory for this process.
   *
   * @throws StartRefusedException if another agent has it, or it cannot be made
   */
  static RunDirectory take(Path directory, String host) throws StartRefusedException {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel =
          FileChannel.open(
              directory.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new StartRefusedException(
            "another agent uses the run directory " + directory + "; one at a time is allowed");
      }
      RunDirectory taken = new RunDirectory(directory.resolve("agent.json"), channel, lock);
      taken.writeIfThereIsRoom(host);
      return taken;
    } catch (IOException e) {
      throw new StartRefusedException("run directory " + directory + " cannot be used: " + e);
    }
  }

  /** A full disk must not keep the agent from healing: only the run file is missing then. */
  private void writeIfThereIsRoom(String host) {
    try {
      Files.deleteIfExists(runFile);
      write(host, OptionalInt.empty());
    } catch (IOException e) {
      LOG.error("{} cannot be written, going on without it: {}", runFile, e.toString());
    }
  }

  /**
   * Tells others who this agent is.
   *
   * @param metricsPort where its figures are shown; empty: nowhere yet
   */
  void write(String host, OptionalInt metricsPort) throws IOException {
    Path fresh = runFile.resolveSibling("agent.json.new");
    String metrics = metricsPort.isPresent() ? ", \"metrics_port\": " + metricsPort.getAsInt() : "";
    Files.writeString(
        fresh,
        "{\"pid\": %d, \"host\": \"%s\"%s}%n"
            .formatted(ProcessHandle.current().pid(), host, metrics));
    Files.move(fresh, runFile, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(runFile);
    lock.release();
    channel.close();
  }
}
