package io.holdfast.collector.ledger;

import static io.holdfast.collector.ledger.Ledgers.append;
import static io.holdfast.collector.ledger.Ledgers.await;
import static io.holdfast.collector.ledger.Ledgers.lastSequence;
import static io.holdfast.collector.ledger.Ledgers.planApplied;
import static io.holdfast.collector.ledger.Ledgers.settings;
import static io.holdfast.collector.ledger.Ledgers.smallLimits;
import static io.holdfast.collector.ledger.Ledgers.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.collector.ledger.LedgerException.Closed;
import io.holdfast.collector.ledger.LedgerException.StartRefused;
import io.holdfast.collector.ledger.LedgerSettings.Tls;
import io.holdfast.core.plan.Plan;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerRefusalIT {
  @TempDir Path directory;

  @Test
  void aSecondLedgerOnTheSameDirectoryIsRefused() {
    RatisLedger first = started(directory, 100);
    RatisLedger second =
        Ledgers.ledger(settings(directory, smallLimits(100)), (message, cause) -> {});
    assertThatThrownBy(() -> await(second.start()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("Another collector is running on the ledger in " + directory);
    assertThat(lastSequence(append(first, 1, 2))).isEqualTo(2);
    await(first.close());
    assertThat(lastSequence(restarted().state())).isEqualTo(2);
  }

  private RatisLedger restarted() {
    RatisLedger again = started(directory, 100);
    await(again.close());
    return again;
  }

  @Test
  void aPortInUseIsRefusedWithItsNumber() throws Exception {
    LedgerSettings free = settings(directory, smallLimits(100));
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      LedgerSettings taken =
          new LedgerSettings(
              directory,
              free.peerId(),
              free.machineId(),
              free.address(),
              other.getLocalPort(),
              free.tls(),
              free.limits());
      RatisLedger ledger = Ledgers.ledger(taken, (message, cause) -> {});
      assertThatThrownBy(() -> await(ledger.start()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("Another program");
    }
    restarted();
  }

  @Test
  void aCertificateFileThatIsMissingOrNoneIsRefusedWithItsName() throws Exception {
    Path missing = directory.resolve("missing.key");
    Path nonsense = Files.writeString(directory.resolve("nonsense.crt"), "nonsense");
    assertThatThrownBy(() -> startWith(new Tls(nonsense, missing, nonsense)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(missing + " cannot be read");
    assertThatThrownBy(() -> startWith(new Tls(nonsense, nonsense, nonsense)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(nonsense.toString());
  }

  private void startWith(Tls tls) {
    LedgerSettings plain = settings(directory.resolve("ledger"), smallLimits(100));
    LedgerSettings secured =
        new LedgerSettings(
            plain.directory(),
            plain.peerId(),
            plain.machineId(),
            plain.address(),
            plain.port(),
            Optional.of(tls),
            plain.limits());
    await(Ledgers.ledger(secured, (message, cause) -> {}).start());
  }

  @Test
  void aPlanThatThisBuildCannotReadStopsTheStartWithUpgradeMe() {
    RatisLedger newer = started(directory, 100);
    await(newer.append(List.of(planApplied("of the future"))));
    await(newer.close());
    RatisLedger older =
        new RatisLedger(
            settings(directory, smallLimits(100)),
            LedgerRefusalIT::unknown,
            LeadershipListener.NONE,
            (message, cause) -> {});
    assertThatThrownBy(() -> await(older.start()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("upgrade me")
        .hasMessageContaining("unknown key \"groups\"");
  }

  @Test
  void anEntryThatCannotBeAppliedEndsTheLedgerAndIsNotSkipped() throws Exception {
    BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
    RatisLedger ledger =
        new RatisLedger(
            settings(directory, smallLimits(100)),
            LedgerRefusalIT::unknown,
            LeadershipListener.NONE,
            (message, cause) -> fatal.add(message));
    await(ledger.start());
    append(ledger, 1, 2);
    assertThatThrownBy(() -> await(ledger.append(List.of(planApplied("x")))))
        .isInstanceOf(LedgerException.class);
    assertThat(fatal.poll(10, TimeUnit.SECONDS)).contains("upgrade me");
    assertThatThrownBy(() -> append(ledger, 3, 3)).isInstanceOf(Closed.class);
    await(ledger.close());
    assertThat(lastSequence(ledger.state())).isEqualTo(2);
    assertThat(fatal).isEmpty();
  }

  private static Plan unknown(String text) {
    throw new IllegalArgumentException("unknown key \"groups\"");
  }
}
