package io.holdfast.demo.stage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The folder that holds everything of one demo. Every process of the demo carries its path in the
 * variable {@link #VARIABLE}, which is how leftovers are found whatever happened to the demo
 * itself.
 *
 * @param path absolute, real path
 */
public record RunFolder(Path path) {

  /** Name of the environment variable. */
  public static final String VARIABLE = "HOLDFAST_DEMO_RUN";

  private static final String PREFIX = "holdfast-demo-";
  private static final String USER_MARK = "created-user";

  private static final List<String> PARTS = List.of("logs", "files", "pki-home", "secrets", "tmp");

  /** A new one in the machine's temporary folder, not made yet. */
  public static RunFolder named() {
    try {
      Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
      String name = PREFIX + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
      return new RunFolder(parent.resolve(name));
    } catch (IOException e) {
      throw StageException.notReady("no folder for temporary files: " + e.getMessage());
    }
  }

  /** Makes it; others may pass through it, not look into it. */
  public RunFolder make() {
    try {
      Files.createDirectory(path, permissions("rwx------"));
      for (String part : PARTS) {
        Files.createDirectory(path.resolve(part), permissions("rwx------"));
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      return this;
    } catch (IOException e) {
      throw StageException.failed("cannot make the run folder: " + e.getMessage(), e);
    }
  }

  static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** Whether a path that was read from a file may be one: nothing else is ever deleted. */
  static boolean looksLikeOne(Path path) {
    return path.isAbsolute()
        && path.equals(path.normalize())
        && path.getFileName() != null
        && path.getFileName().toString().startsWith(PREFIX);
  }

  /** The log of a process. */
  public Path log(String name) {
    return path.resolve("logs").resolve(name + ".log");
  }

  /** Certificates and keys. */
  public Path pki() {
    return path.resolve("pki-home").resolve("pki");
  }

  /** Passwords, a file each. */
  public Path secrets() {
    return path.resolve("secrets");
  }

  /** Password of {@code trading}, the engine's role. */
  public Path tradingPassword() {
    return secrets().resolve("trading.password");
  }

  /** Password of {@code holdfast}, the agents' role. */
  public Path monitorPassword() {
    return secrets().resolve("monitor.password");
  }

  /** Temporary files of the run's processes. */
  public Path temporary() {
    return path.resolve("tmp");
  }

  /** Where PostgreSQL's user has its own part. */
  public Path postgres() {
    return path.resolve("postgres");
  }

  /** Files that the sample programs write. */
  public Path files() {
    return path.resolve("files");
  }

  /**
   * Says which operating-system user was made for this run; it stands in a file before the user is
   * made.
   */
  Path userMark() {
    return path.resolve(USER_MARK);
  }

  /** The entry of a process's environment that says it belongs here. */
  String environmentEntry() {
    return VARIABLE + "=" + path;
  }

  /** The last lines of a log, at most 15. */
  public String endOfLog(String name) {
    try {
      List<String> lines = Files.readAllLines(log(name));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /**
   * Deletes it with all that is in it, without following links. Nothing happens when it is gone.
   */
  public void delete() throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // A file that a process removed between listing and looking is what we wanted.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
