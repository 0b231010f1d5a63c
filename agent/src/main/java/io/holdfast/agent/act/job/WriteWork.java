package io.holdfast.agent.act.job;

import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobOutcome.NotWritten;
import io.holdfast.agent.act.JobOutcome.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A timed write: create, 4 KiB, on the disk with its entry in the directory, and gone again. */
public final class WriteWork {
  private static final int BYTES = 4_096;

  private WriteWork() {}

  /**
   * Writes once.
   *
   * @param job names the file, so that a run that was killed leaves one at most, which the next one
   *     removes
   */
  public static JobOutcome in(Path directory, String job) {
    Path file = directory.resolve(".holdfast-" + job);
    try {
      Files.deleteIfExists(file);
      long begun = System.nanoTime();
      write(file);
      try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
        entry.force(true);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Files.delete(file);
      return new Written(took);
    } catch (IOException e) {
      remove(file);
      String why = reason(directory, e);
      return new NotWritten(why.toLowerCase(Locale.ROOT).contains("read-only"), why);
    }
  }

  /** A new file: where somebody has put a link in its place, nothing is written. */
  private static void write(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** What failed is told already. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next run tries again.
    }
  }

  private static String reason(Path directory, IOException failure) {
    if (!Files.isDirectory(directory)) {
      return "there is no directory " + directory;
    }
    String why =
        switch (failure) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException missing -> "the file vanished while it was written";
          case FileSystemException other -> Optional.ofNullable(other.getReason()).orElse("");
          default -> Optional.ofNullable(failure.getMessage()).orElse("");
        };
    return directory + ": " + (why.isEmpty() ? failure.getClass().getSimpleName() : why);
  }
}
