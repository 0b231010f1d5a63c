package io.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.simulation.SimWorld.WrongClocks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final long FIRST = Long.getLong("holdfast.simulation.seed", 1);
  private static final int SEEDS = Integer.getInteger("holdfast.simulation.seeds", 300);
  private static final Duration FAULTY = Duration.ofMinutes(20);

  @Test
  void everySeedKeepsWhatWasAcknowledgedAndComesToRestWithEverythingUp() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        new SimWorld(seed).run(FAULTY);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed %d: %s%nreplay: mvn test -pl simulation -am -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.simulation.seed=%d -Dholdfast.simulation.seeds=1"
                .formatted(seed, e.getMessage(), seed),
            e);
      }
    }
  }

  /** A simulation that breaks nothing proves nothing. */
  @Test
  void theFaultsReallyHappen() {
    long incidents = 0;
    long lives = 0;
    long events = 0;
    long merges = 0;
    for (long seed = 1; seed <= 60; seed++) {
      SimWorld world = new SimWorld(seed);
      world.run(FAULTY);
      incidents += world.leader.ledger().incidentsTotal();
      lives += world.leader.life();
      merges += world.hosts.stream().mapToInt(host -> host.spool().merges()).sum();
      events += world.leader.ledger().history().total();
    }
    assertThat(merges).isGreaterThan(20);
    assertThat(incidents).isGreaterThan(40);
    assertThat(lives).isGreaterThan(40);
    assertThat(events).isGreaterThan(4_000);
  }

  @Test
  void wrongWallClocksChangeNoDecisionAndNoSpan() {
    for (long seed = 1; seed <= 60; seed++) {
      var right = Decisions.withoutTimes(log(seed, WrongClocks.NOBODYS));
      assertThat(Decisions.withoutTimes(log(seed, WrongClocks.EVERYBODYS)))
          .as("seed %d", seed)
          .isEqualTo(right);
    }
  }

  @Test
  void whatIsDatedByTheCollectorIsRightWhateverTheHostsClocksSay() {
    for (long seed = 1; seed <= 60; seed++) {
      var right = Decisions.withoutHostsTimes(log(seed, WrongClocks.NOBODYS));
      assertThat(Decisions.withoutHostsTimes(log(seed, WrongClocks.HOSTS)))
          .as("seed %d", seed)
          .isEqualTo(right);
    }
  }

  private static List<LedgerRecord> log(long seed, WrongClocks wrong) {
    SimWorld world = new SimWorld(seed, wrong);
    world.run(FAULTY);
    return world.leader.log();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(new SimWorld(seed).run(FAULTY)).isEqualTo(new SimWorld(seed).run(FAULTY));
    }
  }
}
