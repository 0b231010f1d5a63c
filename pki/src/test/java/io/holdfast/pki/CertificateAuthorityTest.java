package io.holdfast.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  @TempDir Path temp;

  private final CertificateAuthority authority =
      CertificateAuthority.create("test", Validity.days(1));
  private final IssuedCertificate collector =
      authority.issue(CertificateRequest.collector("c1", List.of("collector.test", "127.0.0.1")));
  private final CertificateRequest host = CertificateRequest.host("trade-a");

  private void shake(IssuedCertificate server, IssuedCertificate client, String name)
      throws Exception {
    Handshake.between(server, client, authority.certificate(), name);
  }

  @Test
  void acceptsAHostAtEachOfTheCollectorsNames() {
    assertThatCode(() -> shake(collector, authority.issue(host), "collector.test"))
        .doesNotThrowAnyException();
    assertThatCode(() -> shake(collector, authority.issue(host), "127.0.0.1"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesACollectorReachedUnderAnotherName() {
    assertThatThrownBy(() -> shake(collector, authority.issue(host), "other.test"))
        .hasStackTraceContaining("No subject alternative DNS name matching other.test");
  }

  @Test
  void refusesAHostOfAnotherAuthority() {
    CertificateAuthority other = CertificateAuthority.create("test", Validity.days(1));
    assertThatThrownBy(() -> shake(collector, other.issue(host), "collector.test"))
        .isInstanceOf(Exception.class);
  }

  @Test
  void refusesACertificateThatHasExpiredOrDoesNotHoldYet() {
    for (Validity bad : List.of(Validity.expired(), Validity.notYet())) {
      IssuedCertificate client = authority.issue(host.withValidity(bad));
      assertThatThrownBy(() -> shake(collector, client, "collector.test"))
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void refusesAHostAsAServerAndAServerAsAHost() {
    IssuedCertificate agent = authority.issue(host.withAddresses(List.of("collector.test")));
    assertThatThrownBy(() -> shake(agent, authority.issue(host), "collector.test"))
        .isInstanceOf(Exception.class);
    IssuedCertificate server = authority.issue(host.withUses(Set.of(Use.SERVER)));
    assertThatThrownBy(() -> shake(collector, server, "collector.test"))
        .isInstanceOf(Exception.class);
  }

  @Test
  void issuesCertificatesThatNameSeveralOrNobody() throws Exception {
    IssuedCertificate nobody = authority.issue(host.withUris(List.of()));
    assertThat(nobody.certificate().getSubjectAlternativeNames()).isNull();
    IssuedCertificate two =
        authority.issue(host.withUris(List.of("holdfast://host/a", "holdfast://host/b")));
    assertThat(two.certificate().getSubjectAlternativeNames()).hasSize(2);
  }

  @Test
  void anAuthorityOnDiskIssuesForTheSameTrust() throws Exception {
    authority.writeTo(temp, "ca");
    CertificateAuthority loaded =
        CertificateAuthority.load(temp.resolve("ca.crt"), temp.resolve("ca.key"));
    assertThatCode(() -> shake(collector, loaded.issue(host), "collector.test"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesFilesThatAreNoAuthority() throws Exception {
    authority.writeTo(temp, "ca");
    CertificateAuthority.create("other", Validity.days(1)).writeTo(temp, "other");
    collector.writeTo(temp, "leaf");
    Path garbage = Files.writeString(temp.resolve("garbage"), "hello");
    assertRefused("ca.crt", "other.key", "is not the key of");
    assertRefused("leaf.crt", "leaf.key", "is not the certificate of an authority");
    assertRefused("missing.crt", "ca.key", "cannot read");
    assertRefused("garbage", "ca.key", "no certificate");
    assertThatThrownBy(() -> CertificateAuthority.load(temp.resolve("ca.crt"), garbage))
        .hasMessageContaining("no PKCS#8 key");
  }

  private void assertRefused(String certificate, String key, String message) {
    assertThatThrownBy(
            () -> CertificateAuthority.load(temp.resolve(certificate), temp.resolve(key)))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining(message);
  }

  @Test
  void neverOverwritesAFile() {
    collector.writeTo(temp, "leaf");
    assertThatThrownBy(() -> collector.writeTo(temp, "leaf"))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("is not overwritten");
  }

  @Test
  void refusesAWindowThatEndsBeforeItBegins() {
    Validity day = Validity.days(1);
    assertThatThrownBy(() -> new Validity(day.notAfter(), day.notBefore()))
        .isInstanceOf(PkiException.class);
  }
}
