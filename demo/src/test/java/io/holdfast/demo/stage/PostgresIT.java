package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.demo.trading.TradingEngine;
import io.holdfast.demo.truth.TradeCount;
import io.holdfast.demo.truth.TradeLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {

  @TempDir Path root;

  private final RunFolder run = RunFolder.named().make();
  private final Launcher launcher = new Launcher(run);
  private Machine machine;
  private Postgres postgres;
  private TradeLog log;

  @BeforeEach
  void start() {
    machine = TestMachine.in(root);
    postgres = new Postgres(launcher, machine.postgresBin());
    postgres.start();
    log = new TradeLog(postgres.url(), "observer", postgres.observerPassword());
  }

  @AfterEach
  void stop() {
    log.close();
    launcher.close();
    var leftovers = new Leftovers(run);
    leftovers.endProcesses();
    leftovers.removeFiles();
    assertThat(ProcessTable.of(run)).isEmpty();
    assertThat(run.path()).doesNotExist();
  }

  @Test
  void aKilledEngineLosesNothingAndItsSuccessorGoesOnWithTheNextNumber() throws Exception {
    Process first = engine("first");
    awaitTrades(first.pid());
    long highest = log.count().highest();
    Signals.send("KILL", first.pid());
    first.waitFor();

    Process second = engine("second");
    awaitTrades(second.pid());

    TradeCount count = log.count();
    assertThat(count.highest()).isGreaterThan(highest);
    assertThat(count.clean()).as(count.toString()).isTrue();
    assertThat(count.turns()).hasSize(2);
    assertThat(count.gapBetween(first.pid(), second.pid())).isPresent();
  }

  @Test
  void twoEnginesAtOnceAreSeenInTheTradeLog() throws Exception {
    Process first = engine("first");
    awaitTrades(first.pid());
    Process second = engine("second");
    awaitTrades(second.pid());

    Eventually.until("double activity is counted", () -> log.count().overlaps() > 5);

    assertThat(log.count().duplicated()).isPositive();
    assertThat(log.count().clean()).isFalse();
  }

  @Test
  void theEngineComesBackByItselfAfterALostConnection() throws Exception {
    Process engine = engine("engine");
    awaitTrades(engine.pid());
    long before = log.count().highest();
    log.close();
    try (var connection = DriverManager.getConnection(postgres.url(), "trading", password());
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'trading_engine'");
    }

    Eventually.until("it trades again", () -> log.count().highest() > before + 5);

    assertThat(log.count().clean()).as(log.count().toString()).isTrue();
    assertThat(log.count().turns()).hasSize(1);
  }

  @Test
  void keepsDurabilityAndAsksForPasswordsAndLetsTheObserverOnlyRead() throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.url(), "observer", postgres.observerPassword());
        var statement = connection.createStatement()) {
      var row =
          statement.executeQuery(
              "SELECT current_setting('fsync'), current_setting('data_checksums')");
      row.next();
      assertThat(row.getString(1)).isEqualTo("on");
      assertThat(row.getString(2)).isEqualTo("on");
      assertThatThrownBy(() -> statement.execute("DELETE FROM trades"))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), "trading", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  private Process engine(String name) {
    var configuration = new Configuration(machine, Place.demo(), run, postgres.port());
    return launcher.start(
        name, configuration.command(TradingEngine.class, HalfStage.engineArguments(run, postgres)));
  }

  private String password() throws Exception {
    return Files.readString(run.tradingPassword()).strip();
  }

  private void awaitTrades(long pid) throws Exception {
    Eventually.until(
        "process " + pid + " trades",
        () -> log.count().turnOf(pid).filter(t -> t.trades() >= 5).isPresent());
  }
}
