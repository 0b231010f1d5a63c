package io.holdfast.agent.observe.postgres;

import static io.holdfast.agent.testing.Eventually.eventually;
import static io.holdfast.agent.testing.Probing.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.testing.OpenConnections;
import io.holdfast.agent.testing.Probing;
import io.holdfast.agent.testing.RealPostgres;
import io.holdfast.agent.testing.TestProbers;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL, in each of the states that the check tells apart. */
class PostgresProberIT {
  private static final int MOST_CONNECTIONS = 5;
  private static final Vertx vertx = Vertx.vertx();
  private static RealPostgres server;

  @BeforeAll
  static void start() {
    server =
        RealPostgres.start(
            "max_connections = " + MOST_CONNECTIONS,
            "superuser_reserved_connections = 0",
            "max_wal_senders = 0");
  }

  @AfterAll
  static void stop() {
    server.close();
    vertx.close().await();
  }

  @AfterEach
  void leavesNoConnection() {
    eventually("no connection is left", () -> OpenConnections.to(server.port()) == 0);
  }

  @Test
  void passesWithAPasswordBySCRAM() {
    assertThat(server.sql("SHOW password_encryption")).isEqualTo("scram-sha-256");
    passesInTheEnd();
  }

  @Test
  void leavesNoConnectionAfterManyRuns() {
    passesInTheEnd();
    for (int run = 0; run < 3 * MOST_CONNECTIONS; run++) {
      assertThat(probe()).isNotInstanceOf(Inconclusive.class);
    }
    eventually("the server has no client", () -> clients().equals("0"));
  }

  @Test
  void aWrongPasswordTeachesNothing() {
    Inconclusive result = (Inconclusive) probe("postgres", RealPostgres.USER, "wrong", LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.AUTHENTICATION_FAILED);
    assertThat(result.detail()).contains("password authentication failed").doesNotContain("wrong");
  }

  @Test
  void aDatabaseThatIsNotThereFails() {
    Failed result = (Failed) probe("nowhere", RealPostgres.USER, RealPostgres.PASSWORD, LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.QUERY_FAILED);
    assertThat(result.detail()).contains("\"nowhere\" does not exist");
  }

  @Test
  void refusedWhenTheServerIsStopped() {
    server.stopServer();
    try {
      assertThat(failed()).isEqualTo(ReasonCode.CONNECTION_REFUSED);
    } finally {
      server.startServer();
    }
  }

  @Test
  void noRoomForAnotherConnection() {
    eventually("the server has no client", () -> clients().equals("0"));
    List<PgConnection> all = new ArrayList<>();
    try {
      while (all.size() < MOST_CONNECTIONS) {
        all.add(connect());
      }
      assertThat(failed()).isEqualTo(ReasonCode.TOO_MANY_CONNECTIONS);
    } finally {
      all.forEach(connection -> connection.close().await());
    }
    passesInTheEnd();
  }

  @Test
  void readOnlyByDefault() {
    server.sql("ALTER ROLE holdfast SET default_transaction_read_only = on");
    try {
      Failed result = (Failed) probe();
      assertThat(result.code()).isEqualTo(ReasonCode.READ_ONLY);
      assertThat(result.detail()).contains("default_transaction_read_only");
    } finally {
      server.sql("BEGIN READ WRITE; ALTER ROLE holdfast RESET default_transaction_read_only; END");
    }
  }

  @Test
  void readOnlyAsAStandby() throws IOException {
    Path signal = restartAsStandby();
    try {
      Failed result = (Failed) probe();
      assertThat(result.code()).isEqualTo(ReasonCode.READ_ONLY);
      assertThat(result.detail()).contains("in recovery");
    } finally {
      restartAsPrimary(signal);
    }
  }

  @Test
  void startingUpWhileRecoveringWithoutLettingAnyoneIn() throws IOException {
    server.configure("hot_standby = off");
    Path signal = restartAsStandby();
    try {
      assertThat(failed()).isEqualTo(ReasonCode.STARTING_UP);
    } finally {
      server.configure("hot_standby = on");
      restartAsPrimary(signal);
    }
  }

  @Test
  void aServerThatIsFrozenTimesOut() throws Exception {
    signal("STOP", server.pid());
    try {
      assertThat(((Failed) probe(Duration.ofMillis(500))).code()).isEqualTo(ReasonCode.TIMED_OUT);
      eventually("no connection is left", () -> OpenConnections.to(server.port()) == 0);
    } finally {
      signal("CONT", server.pid());
    }
    passesInTheEnd();
  }

  @Test
  void anAdministratorWhoEndsTheSessionInMidQueryHasClosedIt() {
    assertThat(probeWhoseBackend("pg_terminate_backend(pid)", pid -> {}))
        .isEqualTo(ReasonCode.CONNECTION_CLOSED);
  }

  @Test
  void aBackendKilledInMidQueryHasClosedTheConnection() {
    assertThat(probeWhoseBackend("pid", pid -> signal("KILL", pid)))
        .isEqualTo(ReasonCode.CONNECTION_CLOSED);
    passesInTheEnd();
  }

  /** Holds the check's query by a lock on the functions' catalogue while {@code blow} falls. */
  private static ReasonCode probeWhoseBackend(String what, Blow blow) {
    passesInTheEnd();
    PgConnection holder = connect();
    try {
      query(holder, "BEGIN");
      query(holder, "LOCK TABLE pg_proc IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<ProbeResult> result = startProbe(LONG);
      AtomicReference<Row> waiting = new AtomicReference<>();
      eventually(
          "the check waits for the lock",
          () -> {
            query(holder, "SELECT pg_stat_clear_snapshot()");
            for (Row row :
                query(
                    holder,
                    "SELECT pid, "
                        + what
                        + " FROM pg_stat_activity WHERE application_name = 'holdfast'"
                        + " AND wait_event_type = 'Lock' AND query LIKE 'SELECT pg_is_in_recovery%'")) {
              waiting.set(row);
            }
            return waiting.get() != null;
          });
      blow.fall(waiting.get().getInteger(0));
      return ((Failed) Probing.await(result)).code();
    } finally {
      holder.close();
    }
  }

  @FunctionalInterface
  private interface Blow {
    void fall(long pid);
  }

  private static Path restartAsStandby() throws IOException {
    server.stopServer();
    Path signal = Files.createFile(server.data().resolve("standby.signal"));
    server.startServer();
    return signal;
  }

  private static void restartAsPrimary(Path signal) throws IOException {
    server.stopServer();
    Files.delete(signal);
    server.startServer();
  }

  private static void signal(String name, long pid) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      assertThat(exit).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String clients() {
    return server.sql(
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
  }

  private static PgConnection connect() {
    return PgConnection.connect(
            vertx,
            new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setDatabase("postgres")
                .setUser(RealPostgres.USER)
                .setPassword(RealPostgres.PASSWORD))
        .await();
  }

  private static RowSet<Row> query(PgConnection connection, String sql) {
    return connection.query(sql).execute().await();
  }

  private static void passesInTheEnd() {
    eventually("the check passes", () -> probe() instanceof Passed);
  }

  private static ReasonCode failed() {
    ProbeResult result = probe();
    assertThat(result).isInstanceOf(Failed.class);
    return ((Failed) result).code();
  }

  private static ProbeResult probe() {
    return probe(LONG);
  }

  private static ProbeResult probe(Duration timeout) {
    return Probing.await(startProbe(timeout));
  }

  private static CompletableFuture<ProbeResult> startProbe(Duration timeout) {
    return startProbe("postgres", RealPostgres.USER, RealPostgres.PASSWORD, timeout);
  }

  private static ProbeResult probe(String database, String user, String password, Duration limit) {
    return Probing.await(startProbe(database, user, password, limit));
  }

  private static CompletableFuture<ProbeResult> startProbe(
      String database, String user, String password, Duration limit) {
    PostgresConnection connection =
        new PostgresConnection("127.0.0.1", server.port(), database, user, () -> password);
    return TestProbers.postgres(vertx, Map.of("trading", connection))
        .start(new Probe.Postgres("trading"), limit);
  }
}
