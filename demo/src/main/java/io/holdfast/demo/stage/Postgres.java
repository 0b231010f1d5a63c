package io.holdfast.demo.stage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server with a cluster of its own in the run folder, on a free port of 127.0.0.1. Its
 * settings are PostgreSQL's defaults but for where it listens; no other server of the machine is
 * touched.
 */
public final class Postgres {

  /** The oldest supported version. */
  static final int OLDEST = 15;

  private static final String ADMIN = "demo_admin";
  private static final Duration START = Duration.ofSeconds(30);
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[^ ]*)");

  /** Linux allows 107 bytes in the path of a socket; PostgreSQL adds its own name to the folder. */
  private static final int LONGEST_SOCKET_FOLDER = 85;

  private final Launcher launcher;
  private final RunFolder run;
  private final Path bin;
  private final String version;
  private final int port;
  private final String tradingPassword;
  private final String monitorPassword;
  private final String observerPassword;
  private String adminPassword = "";

  /**
   * A server that is not there yet; its port is chosen and its passwords are written.
   *
   * @param bin folder of {@code initdb} and {@code postgres}
   */
  Postgres(Launcher launcher, Path bin) {
    this.launcher = launcher;
    this.run = launcher.run();
    this.bin = bin;
    this.version = requireVersion(bin);
    this.port = freePort();
    this.tradingPassword = Secret.write(run.tradingPassword());
    this.monitorPassword = Secret.write(run.monitorPassword());
    this.observerPassword = Secret.write(run.secrets().resolve("observer.password"));
  }

  int port() {
    return port;
  }

  String version() {
    return version;
  }

  /** JDBC address of the trading database. */
  String url() {
    return url(port, "trading");
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The password of a role that reads the trade log and nothing else: {@code observer}. */
  String observerPassword() {
    return observerPassword;
  }

  /**
   * Makes the cluster, starts the server, waits until it answers and makes roles, database and
   * table.
   */
  void start() {
    var user = UnprivilegedUser.forRun(run);
    Path data = initialise(user);
    var command = new ArrayList<>(user.prefix());
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
    command.addAll(setting("listen_addresses", "127.0.0.1"));
    command.addAll(setting("port", Integer.toString(port)));
    command.addAll(setting("unix_socket_directories", socketFolder()));
    Process server = launcher.start("postgres", command);
    waitUntilReady(server);
    makeSchema();
  }

  private Path initialise(UnprivilegedUser user) {
    Path home = run.postgres();
    Path data = home.resolve("data");
    try {
      Files.createDirectory(home, RunFolder.permissions("rwx------"));
      Path passwordFile = home.resolve("admin.password");
      adminPassword = Secret.write(passwordFile);
      user.own(passwordFile);
      user.own(home);
      var command = new ArrayList<>(user.prefix());
      command.addAll(List.of(bin.resolve("initdb").toString(), "-D", data.toString()));
      command.addAll(List.of("-U", ADMIN, "--pwfile=" + passwordFile, "--auth=scram-sha-256"));
      command.addAll(List.of("--encoding=UTF8", "--locale=C", "--data-checksums"));
      launcher.runToEnd(command, "make a PostgreSQL cluster");
      Files.delete(passwordFile);
      return data;
    } catch (IOException e) {
      throw StageException.failed("cannot prepare " + home + ": " + e.getMessage(), e);
    }
  }

  private void waitUntilReady(Process server) {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try (Connection connection = connect("postgres")) {
        return;
      } catch (SQLException notYet) {
        if (!server.isAlive()) {
          throw StageException.failed(
              "PostgreSQL ended with " + server.exitValue() + ":\n" + run.endOfLog("postgres"));
        }
        if (System.nanoTime() - deadline >= 0) {
          throw StageException.failed(
              "PostgreSQL does not answer: "
                  + notYet.getMessage()
                  + "\n"
                  + run.endOfLog("postgres"));
        }
        pause();
      }
    }
  }

  private void makeSchema() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      // The passwords are hexadecimal digits: nothing in them needs quoting.
      statement.execute("CREATE ROLE trading LOGIN PASSWORD '" + tradingPassword + "'");
      statement.execute(
          "CREATE ROLE holdfast LOGIN PASSWORD '" + monitorPassword + "' IN ROLE pg_monitor");
      statement.execute("CREATE ROLE observer LOGIN PASSWORD '" + observerPassword + "'");
      statement.execute("CREATE DATABASE trading OWNER trading");
    } catch (SQLException e) {
      throw StageException.failed("cannot make the roles and the database: " + e.getMessage(), e);
    }
    try (Connection connection = connect("trading");
        Statement statement = connection.createStatement();
        InputStream schema = Postgres.class.getResourceAsStream("schema.sql")) {
      statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    } catch (SQLException | IOException e) {
      throw StageException.failed("cannot make the tables: " + e.getMessage(), e);
    }
  }

  private Connection connect(String database) throws SQLException {
    var login = new Properties();
    login.setProperty("user", ADMIN);
    login.setProperty("password", adminPassword);
    login.setProperty("connectTimeout", "2");
    login.setProperty("socketTimeout", "20");
    return new org.postgresql.Driver().connect(url(port, database), login);
  }

  private String socketFolder() {
    String folder = run.postgres().toString();
    return folder.length() <= LONGEST_SOCKET_FOLDER ? folder : "";
  }

  private static List<String> setting(String name, String value) {
    return List.of("-c", name + "=" + value);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StageException.failed("interrupted while waiting for PostgreSQL", e);
    }
  }

  /** Free at this moment; the server says so if somebody is faster. */
  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw StageException.failed("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  static String requireVersion(Path bin) {
    for (String program : List.of("postgres", "initdb")) {
      if (!Files.isExecutable(bin.resolve(program))) {
        throw StageException.notReady(
            "no program "
                + program
                + " in "
                + bin
                + ": PostgreSQL "
                + OLDEST
                + " or newer is needed");
      }
    }
    String program = bin.resolve("postgres").toString();
    String answer =
        Commands.run(List.of(program, "--version"), "ask " + program + " for its version");
    Matcher matcher = VERSION.matcher(answer);
    if (!matcher.find()) {
      throw StageException.notReady(program + " does not say its version, but: " + answer.strip());
    }
    if (Integer.parseInt(matcher.group(2)) < OLDEST) {
      throw StageException.notReady(
          program + " is version " + matcher.group(1) + "; " + OLDEST + " or newer is needed");
    }
    return matcher.group(1);
  }
}
