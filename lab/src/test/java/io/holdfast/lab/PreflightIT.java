package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What keeps Holdfast from a host is told of all hosts at once, and before any is changed. */
@ExtendWith(JournalOnFailure.class)
class PreflightIT {
  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @TempDir private Path empty;

  @AfterEach
  void mend() {
    lab.run(
        "trade-a",
        "sh",
        "-ec",
        """
        ln -sfn ../usr/lib/os-release /etc/os-release
        systemctl unmask --quiet --runtime polkit.service
        """);
    lab.run(
        "trade-b",
        "sh",
        "-ec",
        """
        rm -f /var/lib/dpkg/updates/0001 /usr/local/bin/date
        systemctl unmask --quiet --runtime dbus.socket
        """);
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndNothingIsChanged() {
    Map<String, Long> before = fleet.programs();
    anotherSystemWithoutPolkit();
    anotherTimeWithoutTheBusInTheMidstOfAnInstallation();
    Played played =
        Played.of(
            lab,
            "site.yml",
            "-e",
            "holdfast_pki_directory=" + empty,
            "-e",
            "{holdfast_least_free_mib: {/usr: 400, /var: 99999999}}");
    assertThat(played.exitCode()).as(played.said()).isNotZero();
    assertThat(played.said())
        .contains("Nothing was changed.")
        .contains("trade-a: it runs Fedora Linux 40; Holdfast's packages are for Debian 12")
        .contains("trade-a: polkit.service is masked: run systemctl unmask polkit.service")
        .contains("trade-b: dbus.socket is masked: run systemctl unmask dbus.socket")
        .contains("trade-b: an earlier installation was interrupted: run dpkg --configure -a")
        .containsPattern("trade-b: its clock is (89|90)\\.\\d s ahead of the one of this machine")
        .containsPattern("collector-1: /var has \\d+ MiB free, and 99999999 MiB are needed: make")
        .contains("collector-1: trusts another certificate authority than " + empty)
        .contains("Put the old directory back; or run site.yml with -e pki_exchange_root=true");
    assertThat(played.changedNothing()).as(played.said()).isTrue();
    assertThat(empty).isEmptyDirectory();
    assertThat(fleet.programs()).isEqualTo(before);
  }

  @Test
  void hostsThatCannotBeReachedAreAllNamedAndNothingIsChanged() {
    Played played = Played.of(lab, "site.yml", "-e", "ansible_port=9");
    assertThat(played.exitCode()).as(played.said()).isNotZero();
    assertThat(played.said()).contains("Not every host can be prepared; nothing was changed.");
    assertThat(lab.hosts())
        .allSatisfy(host -> assertThat(played.said()).contains(host + ": cannot be reached: "));
    assertThat(played.changedNothing()).as(played.said()).isTrue();
  }

  private void anotherSystemWithoutPolkit() {
    lab.run(
        "trade-a",
        "sh",
        "-ec",
        """
        rm /etc/os-release
        printf 'ID=fedora\\nVERSION_ID=40\\nPRETTY_NAME="Fedora Linux 40"\\n' >/etc/os-release
        systemctl mask --quiet --runtime polkit.service
        """);
  }

  /** Its clock is the machine's, and never set: what it answers is another one. */
  private void anotherTimeWithoutTheBusInTheMidstOfAnInstallation() {
    lab.run(
        "trade-b",
        "sh",
        "-ec",
        """
        printf '#!/bin/sh\\nexec /bin/date -d "90 seconds" "$@"\\n' >/usr/local/bin/date
        chmod 755 /usr/local/bin/date
        touch /var/lib/dpkg/updates/0001
        systemctl mask --quiet --runtime dbus.socket
        """);
  }
}
