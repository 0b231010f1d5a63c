package io.holdfast.demo.trading;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Writes trades with increasing ids.
 *
 * <p>An engine asks the table for the highest id once, when it connects, and counts on from there
 * by itself. The table has no key on the id: two engines at once write the same ids, and anyone can
 * see it in the table. A key would turn that into errors of one of them, and hide it.
 */
final class TradeWriter {

  /** Who writes. */
  record Engine(String host, long pid, long epoch) {}

  /** How to reach the database. */
  record Login(String url, String user, String password) {}

  private static final String[] SYMBOLS = {"2330", "2317", "2454", "0050", "2603", "2881"};
  private static final String INSERT =
      "INSERT INTO trades (id, host, pid, epoch, symbol, side, quantity, price)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private final Login login;
  private final Engine engine;
  private @Nullable Connection connection;

  @SuppressWarnings("NullAway.Init") // set with the connection
  private PreparedStatement insert;

  private long next;

  TradeWriter(Login login, Engine engine) {
    this.login = login;
    this.engine = engine;
  }

  /**
   * Commits one trade and returns its id. After a failure call {@link #disconnect()}, then this
   * again.
   */
  long write() throws SQLException {
    if (connection == null) {
      connect();
    }
    long id = next;
    insert.setLong(1, id);
    insert.setString(2, engine.host());
    insert.setLong(3, engine.pid());
    insert.setLong(4, engine.epoch());
    insert.setString(5, SYMBOLS[(int) (id % SYMBOLS.length)]);
    insert.setString(6, id % 2 == 0 ? "BUY" : "SELL");
    insert.setInt(7, (int) (1 + id % 5) * 1000);
    insert.setBigDecimal(8, java.math.BigDecimal.valueOf(5000 + id * 37 % 900, 1));
    insert.executeUpdate();
    next = id + 1;
    return id;
  }

  /**
   * Forgets the connection. Whether its last trade was committed is asked of the table on the next
   * one.
   */
  void disconnect() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException alreadyBroken) {
        // Nothing more can be done for it, and the next connection does not depend on it.
      }
    }
  }

  private void connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("ApplicationName", "trading_engine");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "10");
    Connection fresh = new org.postgresql.Driver().connect(login.url(), properties);
    if (fresh == null) {
      throw new SQLException("not a PostgreSQL address: " + login.url());
    }
    connection = fresh;
    next = highest(fresh) + 1;
    insert = fresh.prepareStatement(INSERT);
  }

  /**
   * The highest id in the table, read only after any trade that is still being committed, such as
   * the last one of an engine that was killed a moment ago: its server process finishes what it was
   * sent.
   */
  private long highest(Connection open) throws SQLException {
    open.setAutoCommit(false);
    try (Statement statement = open.createStatement()) {
      statement.execute("LOCK TABLE trades IN SHARE MODE");
      try (var rows = statement.executeQuery("SELECT coalesce(max(id), 0) FROM trades")) {
        rows.next();
        return rows.getLong(1);
      }
    } finally {
      open.commit();
      open.setAutoCommit(true);
    }
  }
}
