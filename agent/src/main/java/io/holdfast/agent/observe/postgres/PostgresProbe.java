package io.holdfast.agent.observe.postgres;

import io.holdfast.agent.observe.ProbeKind;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;

/**
 * Passes when a server lets the check in, answers a {@code SELECT} and takes writes. Each run has a
 * connection of its own: a server that has no room for a new one is not well.
 */
public final class PostgresProbe implements ProbeKind<Probe.Postgres> {
  private static final String QUESTION =
      "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')";

  private final Vertx vertx;
  private final Map<String, PostgresConnection> connections;

  /**
   * Connects through {@code vertx}.
   *
   * @param connections by the name that the plan uses
   */
  public PostgresProbe(Vertx vertx, Map<String, PostgresConnection> connections) {
    this.vertx = vertx;
    this.connections = Map.copyOf(connections);
  }

  @Override
  public void start(Probe.Postgres probe, ProbeRun run) {
    PostgresConnection connection = connections.get(probe.connection());
    if (connection == null) {
      run.inconclusive(
          ReasonCode.PROBE_BROKEN,
          "agent.yaml has no connection named '" + probe.connection() + "'");
      return;
    }
    String peer = "PostgreSQL on " + connection.host() + ":" + connection.port();
    run.stage("connecting to " + peer);
    // A pool of one, for this run alone: closing it also ends a connection that is still being
    // made,
    // which nothing else in the client's interface does.
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options(connection))
            .using(new BoundedVertx(vertx, run.timeout()))
            .build();
    run.closeAtEnd(pool::close);
    pool.getConnection()
        .compose(server -> ask(server, run, peer))
        .onSuccess(rows -> judge(rows.iterator().next(), run, peer))
        .onFailure(e -> PostgresFailure.answer(run, e, peer));
  }

  private static PgConnectOptions options(PostgresConnection connection) {
    return new PgConnectOptions()
        .setHost(connection.host())
        .setPort(connection.port())
        .setDatabase(connection.database())
        .setUser(connection.user())
        .setPassword(connection.password().get())
        .setProperties(Map.of("application_name", "holdfast", "client_encoding", "utf-8"));
  }

  private static Future<RowSet<Row>> ask(SqlConnection server, ProbeRun run, String peer) {
    run.stage("waiting for the answer of " + peer);
    // The query's own failure says the same; without a handler each loss would be logged as a
    // trace.
    server.exceptionHandler(lost -> {});
    return server.query(QUESTION).execute();
  }

  private static void judge(Row row, ProbeRun run, String peer) {
    if (row.getBoolean(0)) {
      run.failed(ReasonCode.READ_ONLY, peer + ": in recovery, it takes no writes");
    } else if (!"off".equals(row.getString(1))) {
      run.failed(ReasonCode.READ_ONLY, peer + ": default_transaction_read_only is on");
    } else {
      run.passed();
    }
  }
}
