package io.holdfast.demo.trading;

import io.holdfast.demo.trading.HealthServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sample {@code trading_engine}: ten paper trades a second, and {@code /health} that is 200
 * while the last one is committed and at most two seconds old, else 503.
 *
 * <p>Arguments: {@code --address=ADDRESS --port=PORT --host=NAME --database=JDBC-URL --user=NAME
 * --password-file=PATH}. The fencing epoch is taken from the environment, {@code HOLDFAST_EPOCH}; 0
 * without it.
 */
public final class TradingEngine {

  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration TOO_OLD = Duration.ofSeconds(2);
  private static final Duration BEFORE_RECONNECT = Duration.ofMillis(250);

  /** The last committed trade; null before the first. */
  private volatile @Nullable Last last;

  private final TradeWriter writer;
  private final String who;

  private record Last(long id, long nanos) {}

  private TradingEngine(TradeWriter writer, String who) {
    this.writer = writer;
    this.who = who;
  }

  /** Runs until SIGTERM. */
  public static void main(String[] args) throws IOException {
    var arguments =
        Arguments.of(args, Set.of("address", "port", "host", "database", "user", "password-file"));
    long epoch = Long.parseLong(System.getenv().getOrDefault("HOLDFAST_EPOCH", "0"));
    var engine =
        new TradeWriter.Engine(arguments.text("host"), ProcessHandle.current().pid(), epoch);
    var login =
        new TradeWriter.Login(
            arguments.text("database"),
            arguments.text("user"),
            Files.readString(Path.of(arguments.text("password-file"))).strip());
    var self =
        new TradingEngine(
            new TradeWriter(login, engine),
            "\"host\":\"%s\",\"pid\":%d,\"epoch\":%d"
                .formatted(engine.host(), engine.pid(), engine.epoch()));
    HealthServer.bind(arguments.listen()).answer("/health", self::health).start();
    self.trade();
  }

  private Answer health() {
    Last now = last;
    if (now == null) {
      return Answer.json(503, "{\"status\":\"no trade yet\",%s}\n".formatted(who));
    }
    long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - now.nanos());
    boolean good = age <= TOO_OLD.toMillis();
    return Answer.json(
        good ? 200 : 503,
        "{\"status\":\"%s\",%s,\"last_id\":%d,\"last_age_millis\":%d}\n"
            .formatted(good ? "ok" : "last trade is too old", who, now.id(), age));
  }

  private void trade() {
    long next = System.nanoTime();
    while (true) {
      try {
        long id = writer.write();
        last = new Last(id, System.nanoTime());
        // Trades missed while the database was slow are not made up for.
        next = Math.max(next + PACE.toNanos(), System.nanoTime() - PACE.toNanos());
        pause(next - System.nanoTime());
      } catch (SQLException failed) {
        System.err.println("trade not written: " + failed.getMessage());
        writer.disconnect();
        pause(BEFORE_RECONNECT.toNanos());
      }
    }
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
