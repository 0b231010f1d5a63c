package io.holdfast.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningAuthorityTest {
  private static final Instant NOW = Instant.now();

  @TempDir Path directory;

  private final CertificateAuthority root =
      CertificateAuthority.create("root", Validity.days(3650));

  private SigningAuthority load(CertificateAuthority signing, CertificateAuthority trusted)
      throws Exception {
    Path files = Files.createTempDirectory(directory, "pki");
    signing.writeTo(files, "signing");
    trusted.writeTo(files, "ca");
    return SigningAuthority.load(
        files.resolve("signing.crt"),
        Files.readString(files.resolve("signing.key")),
        "authority.key",
        files.resolve("ca.crt"),
        NOW);
  }

  @Test
  void signsForAKeyThatItNeverSaw() throws Exception {
    SigningAuthority authority = load(root.intermediate("site", Validity.days(60)), root);
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Validity validity = new Validity(NOW, NOW.plus(Duration.ofDays(7)));
    X509Certificate host =
        authority.host("trade-a", pair.getPublic(), BigInteger.valueOf(77), validity);
    assertThat(host.getPublicKey()).isEqualTo(pair.getPublic());
    assertThat(host.getSerialNumber()).isEqualTo(77);
    assertThat(host.getBasicConstraints()).isEqualTo(-1);
    assertThat(host.getSubjectAlternativeNames().toString()).contains("holdfast://host/trade-a");
    assertThat(authority.chain()).hasSize(1);
    assertThat(authority.signed(host)).isTrue();
    assertThat(authority.ends()).isBefore(NOW.plus(Duration.ofDays(61)));
  }

  @Test
  void anAuthorityOfAnotherRootIsRefused() throws Exception {
    CertificateAuthority other = CertificateAuthority.create("other", Validity.days(30));
    assertThatThrownBy(() -> load(other.intermediate("site", Validity.days(30)), root))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("signing.crt does not chain to a certificate in");
  }

  @Test
  void anExpiredAuthorityIsRefused() {
    assertThatThrownBy(() -> load(root.intermediate("site", Validity.expired()), root))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("does not chain");
  }

  @Test
  void anIntermediateMustNotMakeAnotherOne() {
    CertificateAuthority second =
        root.intermediate("site", Validity.days(9)).intermediate("rack", Validity.days(9));
    assertThatThrownBy(() -> load(second, root)).isInstanceOf(PkiException.class);
  }

  @Test
  void aKeyOfAnotherAuthorityIsRefused() throws Exception {
    root.intermediate("one", Validity.days(9)).writeTo(directory, "one");
    root.intermediate("two", Validity.days(9)).writeTo(directory, "two");
    root.writeTo(directory, "ca");
    String key = Files.readString(directory.resolve("two.key"));
    assertThatThrownBy(
            () ->
                SigningAuthority.load(
                    directory.resolve("one.crt"),
                    key,
                    "authority.key",
                    directory.resolve("ca.crt"),
                    NOW))
        .hasMessageContaining("authority.key: is not the key of");
    assertThatThrownBy(
            () ->
                SigningAuthority.load(
                    directory.resolve("one.crt"),
                    "not a key",
                    "authority.key",
                    directory.resolve("ca.crt"),
                    NOW))
        .hasMessageContaining("authority.key: no PKCS#8 key");
  }
}
