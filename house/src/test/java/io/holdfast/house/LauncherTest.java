package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.house.Sandbox.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./holdfast} on machines where something is missing. */
class LauncherTest {
  private static final String POLICY = "sys/usr/sbin/policy-rc.d";
  private static final String NO_CLUSTER =
      "sys/etc/postgresql-common/createcluster.d/holdfast-install.conf";

  @TempDir Path temp;
  private Sandbox machine;

  @BeforeEach
  void makeMachine() throws Exception {
    machine = new Sandbox(temp);
  }

  @Test
  void doctorTellsWhatIsMissingAndWhatWouldBringIt() throws Exception {
    Ended missing = machine.holdfast("doctor");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.text())
        .containsPattern("missing +a JDK >= 21 +apt's package openjdk-21-jdk-headless")
        .containsPattern("missing +PostgreSQL >= 15 .* apt's package postgresql-17")
        .containsPattern("ok +setpriv");
    assertThat(machine.log()).isEmpty();
    machine.bring("jdk", "21").bring("maven");
    assertThat(machine.holdfast("doctor", "build").exitCode()).isZero();
  }

  @Test
  void takesTheUsersJdkIfItIsNewEnoughElseTheNewest() throws Exception {
    machine.bring("jdk", "17").bring("jdk", "22").bring("jdk", "25");
    assertThat(machine.holdfast("doctor", "build").text()).contains("jvm/jdk-25");
    machine.with("JAVA_HOME", machine.file("jvm/jdk-17").toString());
    assertThat(machine.holdfast("doctor", "build").text()).contains("jvm/jdk-25");
    machine.with("JAVA_HOME", machine.file("jvm/jdk-22").toString());
    assertThat(machine.holdfast("doctor", "build").text()).contains("jvm/jdk-22");
  }

  @Test
  void refusesAMavenAndAPostgresqlThatAreTooOld() throws Exception {
    machine.bring("jdk", "21").bring("maven", "3.6.3").bring("postgresql", "14");
    assertThat(machine.holdfast("doctor", "demo").text())
        .containsPattern("missing +Maven")
        .containsPattern("missing +PostgreSQL");
    machine.bring("maven", "4.0.0").bring("postgresql", "15");
    assertThat(machine.holdfast("doctor", "demo").exitCode()).isZero();
  }

  @Test
  void installsWithoutStartingEnablingOrMakingACluster() throws Exception {
    Ended installed = machine.holdfast("install", "demo", "--yes");
    assertThat(installed.exitCode()).as(installed.text()).isZero();
    assertThat(machine.log())
        .contains("install -y -q --no-install-recommends --no-upgrade")
        .contains("openjdk-21-jdk-headless maven postgresql-17")
        .contains("starts denied with 101")
        .contains("create_main_cluster = false")
        .contains("systemctl disable --quiet postgresql.service")
        .doesNotContain("apt-get update");
    assertThat(machine.file(POLICY)).doesNotExist();
    assertThat(machine.file(NO_CLUSTER)).doesNotExist();
    assertThat(machine.holdfast("install", "demo", "--yes").text()).contains("nothing is missing");
  }

  @Test
  void whatABenchIsMeasuredAgainstIsInstalledButNeitherStartedNorEnabled() throws Exception {
    Files.createDirectories(machine.file("sys/etc/init.d"));
    Files.createFile(machine.file("sys/etc/init.d/monit"));
    machine.program("update-rc.d", "#!/bin/sh\necho \"update-rc.d $*\" >>\"$FAKE/log\"\n");
    Ended installed = machine.holdfast("install", "bench-agent", "--yes");
    assertThat(installed.exitCode()).as(installed.text()).isZero();
    assertThat(machine.log())
        .contains("starts denied with 101")
        .contains("systemctl disable --quiet monit.service")
        .contains("update-rc.d monit disable")
        .contains("systemctl disable --quiet prometheus-node-exporter.service");
  }

  @Test
  void whatALabNeedsIsInstalledButNeitherStartedNorEnabled() throws Exception {
    Ended missing = machine.holdfast("doctor", "lab");
    assertThat(missing.text())
        .containsPattern("missing +systemd-nspawn .* apt's package systemd-container")
        .containsPattern("missing +Ansible +apt's package ansible");
    Ended installed = machine.holdfast("install", "lab", "--yes");
    assertThat(installed.exitCode()).as(installed.text()).isZero();
    assertThat(machine.log())
        .contains("starts denied with 101")
        .contains("systemctl disable --quiet machines.target")
        .contains("systemctl disable --quiet nftables.service");
    assertThat(machine.holdfast("doctor", "lab").exitCode()).isZero();
  }

  @Test
  void aBenchSaysWhatIsMissingForItAlone() throws Exception {
    machine.bring("jdk", "21").bring("maven").bring("postgresql", "15");
    Ended asked = machine.holdfast("bench", "agent", "--quick");
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.text())
        .contains("missing for bench-agent: prometheus-node-exporter, monit")
        .contains("install bench-agent --yes");
    assertThat(machine.log()).isEmpty();
  }

  @Test
  void bringsPromtoolWithoutStartingOrEnablingPrometheus() throws Exception {
    assertThat(machine.holdfast("doctor", "test").text())
        .containsPattern("missing +promtool \\(Prometheus\\) +apt's package prometheus");
    Ended installed = machine.holdfast("install", "test", "--yes");
    assertThat(installed.exitCode()).as(installed.text()).isZero();
    assertThat(machine.log())
        .contains("starts denied with 101")
        .contains("systemctl disable --quiet prometheus.service");
  }

  @Test
  void readsThePackageListsOnceWhenThereAreNone() throws Exception {
    Files.delete(machine.file("sys/var/lib/apt/lists/x_Packages"));
    assertThat(machine.with("CI", "true").holdfast("install", "build").exitCode()).isZero();
    assertThat(machine.log().split("apt-get update", -1)).hasSize(2);
  }

  @Test
  void leavesAnExistingServerAlone() throws Exception {
    machine.with("FAKE_INSTALLED", "ii ").bring("jdk", "21").bring("maven");
    assertThat(machine.holdfast("install", "demo", "--yes").exitCode()).isZero();
    assertThat(machine.log())
        .contains("starts denied with 101")
        .doesNotContain("create_main_cluster")
        .doesNotContain("systemctl");
  }

  @Test
  void putsBackThePolicyOfTheMachineEvenWhenAptFails() throws Exception {
    Files.writeString(machine.file(POLICY), "#!/bin/sh\n# mine\nexit 0\n");
    Ended failed = machine.with("FAKE_APT_FAILS", "1").holdfast("install", "demo", "--yes");
    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(failed.text()).contains("apt-get could not install");
    assertThat(machine.log()).contains("starts denied with 101");
    assertThat(machine.file(POLICY)).content().contains("# mine");
    assertThat(machine.file(NO_CLUSTER)).doesNotExist();
  }

  @Test
  void installsNothingUnlessSomebodySaysYes() throws Exception {
    Ended asked = machine.holdfast("demo", "--once");
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.text())
        .contains("missing for demo: a JDK >= 21, Maven >= 3.8, PostgreSQL >= 15")
        .contains("check out/holdfast' install demo --yes")
        .contains("installs openjdk-21-jdk-headless maven postgresql-17");
    assertThat(machine.log()).isEmpty();
  }

  @Test
  void withoutAptItSaysSoAndEndsWithTwo() throws Exception {
    Ended none = machine.without("apt-get").without("apt-cache").holdfast("status");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.text()).contains("missing for build: a JDK >= 21, Maven >= 3.8");
  }

  @Test
  void whereAptHasNoJdkItSaysHowToPutOneBeside() throws Exception {
    machine.with("FAKE_CANDIDATES", "maven postgresql-15").bring("jdk", "17");
    Ended noJdk = machine.holdfast("install", "build", "--yes");
    assertThat(noJdk.exitCode()).isEqualTo(2);
    assertThat(noJdk.text()).contains("a JDK >= 21", "adoptium", "tar -xz -C /usr/lib/jvm");
  }

  @Test
  void onUbuntuChromiumIsOnlyASnap() throws Exception {
    Files.writeString(machine.file("sys/etc/os-release"), "ID=ubuntu\nVERSION_ID=\"24.04\"\n");
    machine.program("chromium-browser", "#!/bin/sh\n# stub: snap install chromium\nexit 1\n");
    assertThat(machine.holdfast("doctor", "test").text())
        .containsPattern("missing +Chromium +apt has it only as a snap");
    machine.program("chromium", "#!/bin/sh\nexit 0\n");
    assertThat(machine.holdfast("doctor", "test").text()).containsPattern("ok +Chromium");
  }

  @Test
  void aSkippedStageIsAFailureInContinuousIntegration() throws Exception {
    machine.without("apt-get").bring("jdk", "21").bring("maven");
    Ended here = machine.holdfast("test", "--only", "demo");
    assertThat(here.text())
        .contains("demo: skipped", "stages: 0 passed, 0 failed, 1 skipped", "PostgreSQL >= 15");
    assertThat(here.exitCode()).isEqualTo(2);
    assertThat(machine.with("CI", "true").holdfast("test", "--only", "demo").exitCode())
        .isEqualTo(1);
  }

  @Test
  void buildsNothingUnderARunningDemo() throws Exception {
    Path run = machine.file("check out/.holdfast/demo/run");
    Files.createDirectories(run.getParent());
    Files.writeString(run, "pid=%d%n".formatted(ProcessHandle.current().pid()));
    machine.bring("jdk", "21").bring("maven");
    for (String command : List.of("build", "test")) {
      Ended refused = machine.holdfast(command);
      assertThat(refused.text()).contains("a demo of this checkout runs");
      assertThat(refused.exitCode()).isEqualTo(3);
    }
    Files.createDirectories(machine.file("check out/.holdfast/bench"));
    Files.move(run, machine.file("check out/.holdfast/bench/run"));
    Ended underBench = machine.holdfast("build");
    assertThat(underBench.text()).contains("a bench of this checkout runs");
    assertThat(underBench.exitCode()).isEqualTo(3);
  }

  @Test
  void wrongUsageEndsWithTwo() throws Exception {
    assertThat(machine.holdfast("test", "--only", "no-such").text())
        .contains("there is no stage no-such; there are: build rebuild integration lab demo");
    assertThat(machine.holdfast("test", "--only", "no-such").exitCode()).isEqualTo(2);
    assertThat(machine.holdfast("test", "--fast").exitCode()).isEqualTo(2);
    assertThat(machine.holdfast("doctor", "nothing").exitCode()).isEqualTo(2);
    assertThat(machine.holdfast().exitCode()).isEqualTo(2);
    Ended help = machine.holdfast("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.text()).contains("demo", "test", "doctor", "status");
  }
}
