package io.holdfast.demo.truth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads the trade log with plain SQL, past Holdfast and past the engine. Used by one thread. */
public final class TradeLog implements AutoCloseable {

  private static final String QUERY =
      "SELECT entry, id, host, pid, epoch, at FROM trades ORDER BY entry";

  private final String url;
  private final Properties login = new Properties();
  private @Nullable Connection connection;

  /**
   * Connects on first use, and anew after a failure.
   *
   * @param url JDBC address of the database
   */
  public TradeLog(String url, String user, String password) {
    this.url = url;
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("ApplicationName", "holdfast demo: truth");
    login.setProperty("connectTimeout", "3");
    login.setProperty("socketTimeout", "5");
  }

  /** Counts everything that is in the log now. */
  public TradeCount count() throws SQLException {
    try {
      return TradeCount.of(read());
    } catch (SQLException failed) {
      close();
      throw failed;
    }
  }

  private List<Trade> read() throws SQLException {
    Connection open = connection();
    var trades = new ArrayList<Trade>();
    try (Statement statement = open.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      while (row.next()) {
        var engine = new Engine(row.getString(3), row.getLong(4), row.getLong(5));
        var at = row.getObject(6, OffsetDateTime.class).toInstant();
        trades.add(new Trade(row.getLong(1), row.getLong(2), engine, at));
      }
    }
    return trades;
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = new org.postgresql.Driver().connect(url, login);
      if (open == null) {
        throw new SQLException("not a PostgreSQL address: " + url);
      }
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException alreadyBroken) {
        // A broken connection is as closed as it can be.
      }
    }
  }
}
