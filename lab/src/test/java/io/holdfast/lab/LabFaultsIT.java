package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether the faults of the lab are what they say, seen from outside of them. */
@ExtendWith(JournalOnFailure.class)
class LabFaultsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String A = "trade-a";
  private static final String B = "trade-b";
  private static final String COLLECTOR = "collector-1";

  private final Lab lab = Lab.find();

  @AfterEach
  void heal() {
    lab.heal();
    for (String host : lab.hosts()) {
      if (lab.leader(host).isEmpty()) {
        lab.start(host);
      }
    }
    lab.clock(B, Duration.ZERO);
    Ran ignored = lab.exec(B, "systemctl", "start", "holdfast-agent");
  }

  @Test
  void aRebootKeepsTheDisk() {
    lab.run(B, "touch", "/root/kept");
    String boot = boot(B);
    String machine = lab.run(B, "cat", "/etc/machine-id");
    long leader = lab.leader(B).orElseThrow();
    Ran ignored = lab.exec(B, "systemctl", "reboot");
    Lab.await("another boot", SOON, () -> lab.leader(B).filter(now -> now != leader).isPresent());
    awaitBooted(B);
    assertThat(boot(B)).isNotEqualTo(boot);
    assertThat(lab.run(B, "cat", "/etc/machine-id")).isEqualTo(machine);
    lab.run(B, "rm", "/root/kept");
  }

  @Test
  void aKilledHostComesBackWithItsDisk() {
    lab.run(B, "sh", "-c", "echo here >/root/kept; sync");
    lab.kill(B);
    assertThat(lab.leader(B)).isEmpty();
    assertThat(lab.command("lab", "exec", B, "true").exitCode()).isEqualTo(3);
    lab.start(B);
    assertThat(lab.run(B, "cat", "/root/kept")).isEqualTo("here");
    lab.run(B, "rm", "/root/kept");
  }

  @Test
  void aPoweredOffHostStaysOffUntilItIsStarted() {
    Ran ignored = lab.exec(B, "systemctl", "poweroff");
    Lab.await("trade-b is off", SOON, () -> lab.leader(B).isEmpty());
    assertThat(lab.command("lab", "status").out()).containsPattern("trade-b +10.78.0.12 +off");
    lab.start(B);
    awaitBooted(B);
  }

  @Test
  void aPartitionCutsTwoHostsAndNoOther() {
    assertThat(reaches(A, B)).isTrue();
    lab.partition(A, B);
    assertThat(reaches(A, B)).isFalse();
    assertThat(reaches(B, A)).isFalse();
    assertThat(reaches(A, COLLECTOR)).isTrue();
    assertThat(reaches(B, COLLECTOR)).isTrue();
    lab.heal();
    assertThat(reaches(A, B)).isTrue();
  }

  @Test
  void aPartitionOneWayLetsTheOtherDirectionThrough() {
    assertThat(reaches(A, B)).isTrue();
    lab.partitionOneWay(A, B);
    long heardByA = heard(A);
    long heardByB = heard(B);
    assertThat(reaches(A, B)).isFalse();
    assertThat(heard(B)).as("what A sends").isEqualTo(heardByB);
    assertThat(reaches(B, A)).as("no answer of A comes back").isFalse();
    assertThat(heard(A)).as("what B sends").isGreaterThan(heardByA);
  }

  @Test
  void aPartitionFromTheCollectorsLeavesTheHostsTogether() {
    lab.partitionFromCollectors(B);
    assertThat(reaches(B, COLLECTOR)).isFalse();
    assertThat(reaches(COLLECTOR, B)).isFalse();
    assertThat(reaches(A, B)).isTrue();
    assertThat(reaches(A, COLLECTOR)).isTrue();
  }

  @Test
  void lossLosesItsShareEachWay() {
    lab.lose(B, 50);
    String said =
        lab.exec(A, "ping", "-q", "-c", "200", "-i", "0.002", "-W", "1", lab.address(B)).out();
    int received = Integer.parseInt(said.replaceAll("(?s).* (\\d+) received.*", "$1"));
    assertThat(received).as("a quarter of 200 comes there and back").isBetween(15, 100);
    lab.lose(B, 100);
    assertThat(reaches(A, B)).isFalse();
  }

  @Test
  void aSlowCableDelaysAndChangesNothing() {
    lab.slow(B, Duration.ofMillis(30), Duration.ofMillis(10));
    assertThat(fastestMillis(A, B)).as("there and back").isGreaterThanOrEqualTo(40);
    lab.slow(B, Duration.ofMillis(2), Duration.ofMillis(2));
    String sum =
        lab.run(B, "sh", "-c", "head -c 20000000 /dev/urandom >/root/much; sha256sum </root/much");
    lab.run(
        B,
        "systemd-run",
        "--unit=lab-serve",
        "python3",
        "-m",
        "http.server",
        "--directory",
        "/root",
        "8999");
    String from = "http://" + lab.address(B) + ":8999/much";
    assertThat(
            lab.run(
                A,
                "sh",
                "-c",
                "curl -sS --retry 20 --retry-connrefused --retry-delay 1 " + from + " | sha256sum"))
        .isEqualTo(sum);
    lab.run(B, "sh", "-c", "systemctl stop lab-serve; rm /root/much");
    lab.heal();
    assertThat(fastestMillis(A, B)).as("healed").isLessThan(40);
  }

  @Test
  void aSlowCableIsSlowAfterARebootToo() {
    lab.slow(B, Duration.ofMillis(30), Duration.ZERO);
    long leader = lab.leader(B).orElseThrow();
    Ran ignored = lab.exec(B, "systemctl", "reboot");
    Lab.await("another boot", SOON, () -> lab.leader(B).filter(now -> now != leader).isPresent());
    awaitBooted(B);
    assertThat(fastestMillis(A, B)).isGreaterThanOrEqualTo(60);
  }

  @Test
  void aPausedHostDoesNothingUntilItIsResumed() throws Exception {
    for (String host : new String[] {A, B}) {
      lab.run(
          host,
          "systemd-run",
          "--unit=lab-tick",
          "sh",
          "-c",
          "while :; do echo . >>/run/ticks; sleep 0.05; done");
    }
    Lab.await("B ticks", SOON, () -> ticks(B) > 0);
    lab.pause(B);
    long then = ticks(B);
    long others = ticks(A);
    Lab.await("A ticks on", SOON, () -> ticks(A) > others + 20);
    assertThat(ticks(B)).isEqualTo(then);
    assertThat(lab.command("lab", "status").out()).containsPattern("trade-b +10.78.0.12 +paused");
    lab.resume(B);
    Lab.await("B ticks on", SOON, () -> ticks(B) > then);
    for (String host : new String[] {A, B}) {
      lab.run(host, "sh", "-c", "systemctl stop lab-tick; rm /run/ticks");
    }
  }

  @Test
  void theClockOfOneHostsServicesIsShiftedAndNoOther() {
    // The kernel dates files by its own clock: to an agent with another one they are all too old.
    Ran ignored = lab.exec(B, "systemctl", "stop", "holdfast-agent");
    long began = System.nanoTime();
    Instant before = Instant.now();
    lab.clock(B, Duration.ofHours(1));
    Lab.await("an hour ahead", SOON, () -> aheadMinutes(B) >= 55);
    assertThat(aheadMinutes(A)).isBetween(-1L, 1L);
    String process = lab.run(B, "systemctl", "show", "-p", "MainPID", "data-collector");
    assertThat(busyShare(B)).as("of a core, for a program that sleeps").isLessThan(0.3);
    lab.clock(B, Duration.ofHours(-2));
    Lab.await("two hours behind", SOON, () -> aheadMinutes(B) <= -115);
    assertThat(lab.run(B, "systemctl", "show", "-p", "MainPID", "data-collector"))
        .as("no restart for another shift")
        .isEqualTo(process);
    lab.clock(B, Duration.ZERO);
    Lab.await("as before", SOON, () -> Math.abs(aheadMinutes(B)) <= 1);
    Duration wall = Duration.between(before, Instant.now());
    Duration steady = Duration.ofNanos(System.nanoTime() - began);
    assertThat(wall.minus(steady).abs())
        .as("the machine's own clock")
        .isLessThan(Duration.ofSeconds(5));
    lab.run(B, "systemctl", "restart", "data-collector");
  }

  /** The share of a core that the sample data collector takes while it writes its file thrice. */
  private double busyShare(String host) {
    String process =
        lab.run(host, "systemctl", "show", "--value", "-p", "MainPID", "data-collector");
    String stat = "/proc/" + process + "/stat";
    Instant written = written(host);
    long busy = hundredths(lab.run(host, "cat", stat));
    long began = System.nanoTime();
    Lab.await(
        "three more files",
        SOON,
        () -> Duration.between(written, written(host)).compareTo(Duration.ofMillis(2900)) > 0);
    double centiseconds = (System.nanoTime() - began) / 1e7;
    return (hundredths(lab.run(host, "cat", stat)) - busy) / centiseconds;
  }

  /** Processor time of a line of {@code /proc/PID/stat}, in hundredths of a second. */
  private static long hundredths(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private Instant written(String host) {
    return Instant.parse(lab.run(host, "cat", "/var/lib/collector/last"));
  }

  /** Minutes by which the file of the sample data collector is ahead of this machine. */
  private long aheadMinutes(String host) {
    return Duration.between(Instant.now(), written(host)).toMinutes();
  }

  /** Lines of the ticking unit's file, read without the help of the host. */
  private long ticks(String host) {
    Path file = Path.of("/proc/" + lab.leader(host).orElseThrow() + "/root/run/ticks");
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String boot(String host) {
    return lab.run(host, "cat", "/proc/sys/kernel/random/boot_id");
  }

  private void awaitBooted(String host) {
    Lab.await(
        host + " has booted",
        SOON,
        () ->
            lab.exec(host, "systemctl", "is-system-running")
                .out()
                .matches("(?s)(running|degraded).*"));
  }

  private boolean reaches(String from, String to) {
    return lab.exec(from, "ping", "-q", "-c", "2", "-i", "0.2", "-W", "1", lab.address(to))
            .exitCode()
        == 0;
  }

  /** Pings that reached a host. */
  private long heard(String host) {
    String said = lab.run(host, "nstat", "-az", "IcmpInEchos");
    return Long.parseLong(said.replaceAll("(?s).*IcmpInEchos\\s+(\\d+).*", "$1"));
  }

  private double fastestMillis(String from, String to) {
    String said = lab.run(from, "ping", "-q", "-c", "5", "-i", "0.2", "-W", "2", lab.address(to));
    return Double.parseDouble(said.replaceAll("(?s).*= ([0-9.]+)/.*", "$1"));
  }
}
