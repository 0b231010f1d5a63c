package io.holdfast.agent.act.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The files by which the agent and one keeper speak; the head of the program says what each is. */
final class KeeperDirectory {
  private static final long MAX_LOG_BYTES = 10 * 1024 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final List<String> PASSED_ON = List.of("LANG", "LC_ALL", "PATH", "TZ");

  private final Path path;

  KeeperDirectory(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** The only directory in which something happens when the keeper reports, and only then. */
  Path reports() {
    return path.resolve("reports");
  }

  Path keeperLog() {
    return path.resolve("keeper.log");
  }

  ReportTail tail() {
    return new ReportTail(reports().resolve("current"), reports().resolve("previous"));
  }

  /** Makes the directories, for the owner alone. */
  void create() throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(reports(), PosixFilePermissions.asFileAttribute(permissions));
    for (Path directory : List.of(path.getParent(), path, reports())) {
      Files.setPosixFilePermissions(directory, permissions);
    }
  }

  /** Hands over a command; the keeper may be gone, so the caller waits for its answer. */
  void send(String command) throws IOException {
    Path commands = path.resolve("commands");
    if (!Files.readAttributes(commands, BasicFileAttributes.class).isOther()) {
      throw new IOException(commands + " is not a FIFO");
    }
    // Reading too: a FIFO without a reader would block an open for writing alone.
    try (FileChannel fifo =
        FileChannel.open(commands, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      fifo.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Writes what is to be started; the keeper reads it at each start. */
  void writeSpec(ServiceCommand command) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(command.user().orElse(""));
    fields.add(command.workingDirectory().toString());
    TreeMap<String, String> environment = new TreeMap<>();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.putAll(command.environment());
    fields.add(Integer.toString(environment.size()));
    environment.forEach((name, value) -> fields.add(name + "=" + value));
    fields.addAll(command.command());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String field : fields) {
      bytes.writeBytes(field.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    replace("spec", bytes.toByteArray());
  }

  /** The last sequence that was told to the agent's listener; 0: none. */
  long readSeen() throws IOException {
    try {
      return Long.parseLong(Files.readString(path.resolve("seen")).strip());
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0;
    }
  }

  void writeSeen(long sequence) throws IOException {
    replace("seen", Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
  }

  /** The service appends, so a log that is cut goes on at its beginning. */
  void boundLog() throws IOException {
    Path log = path.resolve("service.log");
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.copy(log, path.resolve("service.log.1"), StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  private void replace(String name, byte[] bytes) throws IOException {
    Path temporary = path.resolve(name + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(temporary, bytes);
    Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
