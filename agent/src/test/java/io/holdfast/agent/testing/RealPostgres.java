package io.holdfast.agent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own: its cluster, port and socket directory are new, and it
 * touches no server that exists. As root it runs as the system's user {@code postgres}, since
 * PostgreSQL refuses to run as root.
 */
public final class RealPostgres implements AutoCloseable {
  private static final int OLDEST_MAJOR = 15;
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /** The superuser, who is let in over TCP with {@link #PASSWORD} by SCRAM-SHA-256. */
  public static final String USER = "holdfast";

  /** Of {@link #USER}. */
  public static final String PASSWORD = "correct horse";

  private final Path binaries;
  private final Path directory;
  private final int port;

  private RealPostgres(Path binaries, Path directory, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Makes a cluster and starts its server.
   *
   * @param settings lines for postgresql.conf
   * @throws IllegalStateException if there is no PostgreSQL of 15 or newer, or it does not start
   */
  public static RealPostgres start(String... settings) {
    try {
      Path directory = Files.createTempDirectory("holdfast-postgres");
      RealPostgres postgres = new RealPostgres(newestBinaries(), directory, freePort());
      try {
        postgres.initialise(settings);
        postgres.startServer();
        return postgres;
      } catch (IOException | RuntimeException e) {
        postgres.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of 127.0.0.1 on which nobody listens. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static Path newestBinaries() throws IOException {
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .filter(v -> v.getFileName().toString().matches("\\d+"))
          .filter(v -> major(v) >= OLDEST_MAJOR && Files.isExecutable(v.resolve("bin/initdb")))
          .max(Comparator.comparingInt(RealPostgres::major))
          .orElseThrow(() -> new IllegalStateException("no PostgreSQL >= 15 in " + INSTALLED))
          .resolve("bin");
    }
  }

  private static int major(Path version) {
    return Integer.parseInt(version.getFileName().toString());
  }

  private void initialise(String... settings) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    if (isRoot()) {
      command("chown", "-R", "postgres:", directory.toString());
    }
    run(
        "initdb",
        "--pgdata=" + data(),
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    configure(
        "listen_addresses = '127.0.0.1'",
        "port = " + port,
        "unix_socket_directories = '" + directory + "'",
        "fsync = off",
        "shared_buffers = 16MB",
        "max_connections = 10");
    configure(settings);
  }

  /** Adds lines to postgresql.conf; they count from the server's next start. */
  public void configure(String... settings) {
    try {
      Path file = data().resolve("postgresql.conf");
      String old = Files.readString(file);
      Files.writeString(file, old + "\n" + String.join("\n", settings) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server and waits until it answers. */
  public void startServer() {
    run("pg_ctl", "start", "--pgdata=" + data(), "--log=" + directory.resolve("log"), "--wait");
  }

  /** Stops the server at once, as a crash would. */
  public void stopServer() {
    run("pg_ctl", "stop", "--pgdata=" + data(), "--mode=immediate", "--wait");
  }

  /** Carries out SQL as superuser, over the UNIX socket; the answer has one line a row. */
  public String sql(String statement) {
    return run(
            "psql",
            "--host=" + directory,
            "--port=" + port,
            "--username=" + USER,
            "--dbname=postgres",
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--command=" + statement)
        .strip();
  }

  /** Where the cluster lies. */
  public Path data() {
    return directory.resolve("data");
  }

  /** On 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The process id of the server's first process. */
  public long pid() {
    try (Stream<String> lines = Files.lines(data().resolve("postmaster.pid"))) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String program, String... arguments) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    }
    line.add(binaries.resolve(program).toString());
    line.addAll(List.of(arguments));
    return command(line.toArray(String[]::new));
  }

  private String command(String... line) {
    try {
      Path output = Files.createTempFile("holdfast-postgres", ".out");
      try {
        Process process =
            new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IllegalStateException(String.join(" ", line) + " failed: " + said);
        }
        return said;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Stops the server, if it runs, and deletes all that was made. */
  @Override
  public void close() {
    if (Files.exists(data().resolve("postmaster.pid"))) {
      stopServer();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
