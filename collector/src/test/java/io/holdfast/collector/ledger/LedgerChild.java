package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerSettings.Limits;
import io.holdfast.core.ledger.LedgerRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/**
 * A process of its own that appends events without end, several at once, and prints {@code READY n}
 * when it leads and {@code A n} once the events up to n are acknowledged.
 */
public final class LedgerChild {
  private static final int EVENTS_AT_ONCE = 5;
  private static final int APPENDS_UNDER_WAY = 4;

  private LedgerChild() {}

  /**
   * Runs until it is killed or the ledger fails.
   *
   * @param arguments the ledger's directory; entries from one snapshot to the next
   */
  public static void main(String[] arguments) throws InterruptedException {
    Limits limits =
        new Limits(
            Long.parseLong(arguments[1]),
            1 << 16,
            1 << 16,
            0,
            0,
            Duration.ofSeconds(20),
            Duration.ofSeconds(40));
    RatisLedger ledger =
        Ledgers.ledger(Ledgers.settings(Path.of(arguments[0]), limits), FatalHandler.HALT);
    Ledgers.await(ledger.start());
    long sequence = Ledgers.lastSequence(ledger.state());
    say("READY " + sequence);
    Semaphore free = new Semaphore(APPENDS_UNDER_WAY);
    while (true) {
      free.acquire();
      List<LedgerRecord> events =
          LongStream.rangeClosed(sequence + 1, sequence + EVENTS_AT_ONCE)
              .mapToObj(Ledgers::event)
              .toList();
      sequence += EVENTS_AT_ONCE;
      long last = sequence;
      ledger
          .append(events)
          .whenComplete(
              (state, failure) -> {
                if (failure == null) {
                  say("A " + last);
                }
                free.release();
              });
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
