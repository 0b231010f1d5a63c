package io.holdfast.collector.ledger;

import static io.holdfast.collector.ledger.Ledgers.append;
import static io.holdfast.collector.ledger.Ledgers.await;
import static io.holdfast.collector.ledger.Ledgers.event;
import static io.holdfast.collector.ledger.Ledgers.find;
import static io.holdfast.collector.ledger.Ledgers.lastSequence;
import static io.holdfast.collector.ledger.Ledgers.planApplied;
import static io.holdfast.collector.ledger.Ledgers.settings;
import static io.holdfast.collector.ledger.Ledgers.smallLimits;
import static io.holdfast.collector.ledger.Ledgers.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.collector.ledger.LedgerException.Closed;
import io.holdfast.collector.ledger.LedgerException.TooLarge;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.pki.DemoPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatisLedgerIT {
  @TempDir Path directory;
  private RatisLedger ledger;

  @AfterEach
  void stop() {
    if (ledger != null) {
      await(ledger.close());
    }
  }

  @Test
  void givesBackTheStateRightAfterEachEntryInTheOrderOfTheCalls() {
    ledger = started(directory, 1_000);
    var first = ledger.append(List.of(event(1), event(2)));
    var second = ledger.append(List.of(event(3)));
    assertThat(lastSequence(await(first))).isEqualTo(2);
    assertThat(lastSequence(await(second))).isEqualTo(3);
    assertThat(ledger.state()).isEqualTo(await(second));
  }

  @Test
  void hasAfterARestartWhatItHadBefore() {
    ledger = started(directory, 1_000);
    await(ledger.append(List.of(planApplied("a plan"))));
    ClusterState before = append(ledger, 1, 300);
    await(ledger.close());

    ledger = started(directory, 1_000);
    assertThat(ledger.state()).isEqualTo(before);
    assertThat(lastSequence(append(ledger, 301, 302))).isEqualTo(302);
  }

  @Test
  void takesSnapshotsKeepsTwoAndDropsTheLogBeforeThem() throws Exception {
    ledger = started(directory, 50);
    ClusterState before = append(ledger, 1, 1_500);
    await(ledger.close());

    assertThat(names("snapshot\\.\\d+_\\d+")).hasSizeBetween(1, 2);
    assertThat(names("log_0-.*")).isEmpty();
    ledger = started(directory, 50);
    assertThat(ledger.state()).isEqualTo(before);
    assertThat(lastSequence(append(ledger, 1_501, 1_600))).isEqualTo(1_600);
  }

  @Test
  void takesASnapshotAlsoWhenFewEntriesAreLarge() throws Exception {
    ledger = started(directory, 1_000_000);
    for (int i = 0; i < 200; i++) {
      await(ledger.append(List.of(planApplied(i + "x".repeat(20_000)))));
    }
    ClusterState before = append(ledger, 1, 2);
    await(ledger.close());

    assertThat(names("snapshot\\.\\d+_\\d+")).hasSizeBetween(1, 2);
    assertThat(names("log_0-.*")).isEmpty();
    ledger = started(directory, 1_000_000);
    assertThat(ledger.state()).isEqualTo(before);
  }

  @Test
  void tellsWhenItLeads() throws Exception {
    BlockingQueue<Long> terms = new LinkedBlockingQueue<>();
    LeadershipListener listener =
        new LeadershipListener() {
          @Override
          public void leading(long term) {
            terms.add(term);
          }

          @Override
          public void notLeading() {}
        };
    for (int start = 1; start <= 2; start++) {
      ledger =
          new RatisLedger(
              settings(directory, smallLimits(100)), Ledgers::plan, listener, (m, c) -> {});
      await(ledger.start());
      assertThat(terms.poll(10, TimeUnit.SECONDS)).isEqualTo(start);
      await(ledger.close());
    }
  }

  @Test
  void speaksOnlyMutualTlsWithItsOwnCa() {
    Path pki = directory.resolve("pki");
    DemoPki.create(pki, List.of("trade-a"), List.of("collector-1"), List.of("127.0.0.1"));
    LedgerSettings plain = settings(directory.resolve("ledger"), smallLimits(100));
    ledger =
        started(
            new LedgerSettings(
                plain.directory(),
                plain.peerId(),
                plain.machineId(),
                plain.address(),
                plain.port(),
                Optional.of(
                    new LedgerSettings.Tls(
                        pki.resolve("ledger/collector-1.crt"),
                        pki.resolve("ledger/collector-1.key"),
                        pki.resolve("ledger-ca.crt"))),
                plain.limits()));
    assertThat(lastSequence(append(ledger, 1, 3))).isEqualTo(3);
    LedgerTls.assertRefusesStrangers(ledger.port(), pki);
  }

  @Test
  void refusesAnEntryThatIsTooLarge() {
    ledger = started(directory, 100);
    List<LedgerRecord> many = LongStream.range(1, 3_000).mapToObj(Ledgers::event).toList();
    assertThatThrownBy(() -> await(ledger.append(many)))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("at most 65,536");
    assertThat(lastSequence(append(ledger, 1, 1))).isEqualTo(1);
  }

  @Test
  void takesNothingBeforeItsStartAndAfterItsEnd() {
    RatisLedger idle =
        Ledgers.ledger(settings(directory, smallLimits(100)), (message, cause) -> {});
    assertThatThrownBy(() -> await(idle.append(List.of(event(1))))).isInstanceOf(Closed.class);
    ledger = started(directory, 100);
    await(ledger.close());
    assertThatThrownBy(() -> await(ledger.append(List.of(event(1))))).isInstanceOf(Closed.class);
  }

  private List<String> names(String regex) throws IOException {
    assertThat(find(directory, "raft-meta")).exists();
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(regex))
          .toList();
    }
  }
}
