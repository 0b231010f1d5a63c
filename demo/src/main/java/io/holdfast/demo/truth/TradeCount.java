package io.holdfast.demo.truth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a trade log proves.
 *
 * @param trades rows in the log
 * @param highest the highest id; 0: no trade
 * @param lost ids from 1 to the highest that are missing
 * @param duplicated rows whose id another row had before
 * @param turns the engines in the order in which each wrote its first trade
 * @param overlaps how often an engine wrote although another one had taken over before: double
 *     activity
 */
public record TradeCount(
    long trades, long highest, long lost, long duplicated, List<Turn> turns, long overlaps) {

  /**
   * One engine's time.
   *
   * @param engine who
   * @param trades how many it wrote
   * @param first when it wrote the first, by the database's clock
   * @param last when it wrote the last
   */
  public record Turn(Engine engine, long trades, Instant first, Instant last) {}

  /** Copies the list. */
  public TradeCount {
    turns = List.copyOf(turns);
  }

  /** Counts a log; the order of the list does not matter. */
  public static TradeCount of(List<Trade> log) {
    List<Trade> ordered = new ArrayList<>(log);
    ordered.sort(Comparator.comparingLong(Trade::entry));
    var ids = new HashSet<Long>();
    long highest = 0;
    var turns = new ArrayList<Turn>();
    long overlaps = 0;
    Engine current = null;
    for (Trade trade : ordered) {
      ids.add(trade.id());
      highest = Math.max(highest, trade.id());
      boolean known = record(turns, trade);
      if (known && !trade.engine().equals(current)) {
        overlaps++;
      }
      current = trade.engine();
    }
    return new TradeCount(
        ordered.size(),
        highest,
        highest - ids.size(),
        ordered.size() - ids.size(),
        turns,
        overlaps);
  }

  /** Whether nothing is missing, nothing is there twice, and never two engines wrote at once. */
  public boolean clean() {
    return lost == 0 && duplicated == 0 && overlaps == 0;
  }

  /** The last turn of an engine with this pid. */
  public Optional<Turn> turnOf(long pid) {
    return turns.reversed().stream().filter(turn -> turn.engine().pid() == pid).findFirst();
  }

  /**
   * Without a trade: from the last of one process to the first of another, both of which have
   * written.
   */
  public Optional<Duration> gapBetween(long pidBefore, long pidAfter) {
    return turnOf(pidBefore)
        .flatMap(
            before ->
                turnOf(pidAfter).map(after -> Duration.between(before.last(), after.first())));
  }

  private static boolean record(List<Turn> turns, Trade trade) {
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.engine().equals(trade.engine())) {
        turns.set(i, new Turn(turn.engine(), turn.trades() + 1, turn.first(), trade.at()));
        return true;
      }
    }
    turns.add(new Turn(trade.engine(), 1, trade.at(), trade.at()));
    return false;
  }
}
