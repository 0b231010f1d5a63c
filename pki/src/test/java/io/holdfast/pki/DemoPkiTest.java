package io.holdfast.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPkiTest {
  @TempDir Path temp;

  private Path created() {
    Path directory = temp.resolve("pki");
    DemoPki.create(
        directory, List.of("trade-a", "trade-b"), List.of("collector-1"), List.of("127.79.0.1"));
    return directory;
  }

  @Test
  void makesEveryFileOfTheLayout() throws Exception {
    Path directory = created();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> directory.relativize(f).toString()))
          .containsExactlyInAnyOrder(
              "ca.crt",
              "ca.key",
              "ledger-ca.crt",
              "ledger-ca.key",
              "hosts/trade-a.crt",
              "hosts/trade-a.key",
              "hosts/trade-b.crt",
              "hosts/trade-b.key",
              "collectors/collector-1.crt",
              "collectors/collector-1.key",
              "ledger/collector-1.crt",
              "ledger/collector-1.key",
              "operators/viewer.crt",
              "operators/viewer.key",
              "operators/operator.crt",
              "operators/operator.key",
              "operators/admin.crt",
              "operators/admin.key");
    }
  }

  @Test
  void keysAreReadableByTheirOwnerOnly() throws Exception {
    Path directory = created();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path key : files.filter(f -> f.toString().endsWith(".key")).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
            .as(key.toString())
            .isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
      }
    }
  }

  @Test
  void hostsAndRolesAreNamedByOneUriAndCollectorsByTheirAddressesToo() throws Exception {
    Path directory = created();
    assertThat(names(directory.resolve("hosts/trade-a.crt")))
        .containsExactly("holdfast://host/trade-a");
    assertThat(names(directory.resolve("operators/admin.crt")))
        .containsExactly("holdfast://role/admin");
    assertThat(names(directory.resolve("collectors/collector-1.crt")))
        .containsExactlyInAnyOrder("holdfast://collector/collector-1", "127.79.0.1", "collector-1");
  }

  private static List<String> names(Path file) throws Exception {
    return PemFiles.readCertificate(file).getSubjectAlternativeNames().stream()
        .map(entry -> String.valueOf(entry.get(1)))
        .toList();
  }

  @Test
  void hostsMayOnlyConnectAndCollectorsMayListenToo() throws Exception {
    Path directory = created();
    assertThat(
            PemFiles.readCertificate(directory.resolve("hosts/trade-a.crt")).getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(
            PemFiles.readCertificate(directory.resolve("collectors/collector-1.crt"))
                .getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  }

  @Test
  void holdsFromFiveMinutesBackForAWeekWithSerialsOfItsOwn() {
    Path directory = created();
    X509Certificate a = PemFiles.readCertificate(directory.resolve("hosts/trade-a.crt"));
    X509Certificate b = PemFiles.readCertificate(directory.resolve("hosts/trade-b.crt"));
    assertThat(a.getSerialNumber()).isPositive().isNotEqualTo(b.getSerialNumber());
    assertThat(a.getNotBefore().toInstant()).isBefore(Instant.now().minus(Duration.ofMinutes(4)));
    assertThat(Duration.between(a.getNotBefore().toInstant(), a.getNotAfter().toInstant()))
        .isBetween(Duration.ofDays(7), Duration.ofDays(7).plusMinutes(6));
  }

  @Test
  void hostAndCollectorOfTheFilesMeetInATlsHandshake() throws Exception {
    Path directory = created();
    X509Certificate seen =
        Handshake.between(
            Handshake.read(directory.resolve("collectors"), "collector-1"),
            Handshake.read(directory.resolve("hosts"), "trade-a"),
            PemFiles.readCertificate(directory.resolve("ca.crt")),
            "127.79.0.1");
    assertThat(seen.getSubjectAlternativeNames().iterator().next().get(1))
        .isEqualTo("holdfast://host/trade-a");
  }

  @Test
  void aNameWithAnUnderscoreIsNoDnsNameButStillAName() throws Exception {
    Path directory = temp.resolve("pki");
    DemoPki.create(directory, List.of("trade_a"), List.of("collector_1"), List.of("::1"));
    assertThat(names(directory.resolve("collectors/collector_1.crt")))
        .containsExactlyInAnyOrder("holdfast://collector/collector_1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void refusesADirectoryWithContentAndLeavesItAlone() throws Exception {
    Path kept = Files.writeString(temp.resolve("precious"), "x");
    assertThatThrownBy(() -> DemoPki.create(temp, List.of("a"), List.of("c"), List.of()))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining(temp.toString())
        .hasMessageContaining("is not overwritten");
    assertThat(temp).isDirectoryContaining(file -> file.equals(kept));
    assertThat(kept).hasContent("x");
  }

  @Test
  void refusesAFileInTheDirectorysPlace() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> DemoPki.create(file, List.of("a"), List.of("c"), List.of()))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void refusesNamesThatWouldLeaveTheDirectoryOrAreNamedTwice() {
    Path directory = temp.resolve("pki");
    for (String bad : List.of("../x", "a/b", "", ".", "a b", "a\u001b[31m")) {
      assertThatThrownBy(() -> DemoPki.create(directory, List.of(bad), List.of(), List.of()))
          .as(bad)
          .isInstanceOf(PkiException.class)
          .hasMessageContaining("is no name of a host")
          .hasMessageNotContaining("\u001b");
    }
    assertThatThrownBy(() -> DemoPki.create(directory, List.of("a", "a"), List.of(), List.of()))
        .hasMessageContaining("named twice");
    assertThatThrownBy(
            () -> DemoPki.create(directory, List.of(), List.of("c"), List.of("not an address")))
        .hasMessageContaining("neither an IP address nor a DNS name");
    assertThat(directory).doesNotExist();
  }
}
