package io.holdfast.wire.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
  @TempDir Path directory;

  @Test
  void theKeyIsReadableByItsOwnerAloneAndTheOldFileIsReplacedAsAWhole() throws Exception {
    KeyPair key = KeyProof.newKey();
    Path file = directory.resolve("tls/host.pem");
    CredentialFile credential = new CredentialFile(file);
    credential.replace(List.of(), key.getPrivate());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    credential.replace(List.of(), key.getPrivate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new PemText(Files.readString(file)).keyText())
        .contains(PemText.of(key.getPrivate()));
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
    assertThatThrownBy(credential::certificates).hasMessageContaining("no certificate");
  }

  @Test
  void aBlockThatIsNotClosedIsNone() {
    PemText text = new PemText("-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(text.certificateText()).isEmpty();
    assertThatThrownBy(text::certificates).isInstanceOf(CertificateException.class);
  }

  @Test
  void aProofIsOfOneKeyForOneHostAndOnePurpose() throws Exception {
    KeyPair key = KeyProof.newKey();
    byte[] der = key.getPublic().getEncoded();
    byte[] proof = KeyProof.RENEWAL.sign("trade-a", key);
    assertThat(KeyProof.RENEWAL.verify("trade-a", der, proof)).isEqualTo(key.getPublic());
    assertThatThrownBy(() -> KeyProof.RENEWAL.verify("trade-b", der, proof))
        .isInstanceOf(SignatureException.class);
    assertThatThrownBy(() -> KeyProof.ENROLMENT.verify("trade-a", der, proof))
        .isInstanceOf(SignatureException.class);
    byte[] other = KeyProof.newKey().getPublic().getEncoded();
    assertThatThrownBy(() -> KeyProof.RENEWAL.verify("trade-a", other, proof))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void onlyKeysOfTheCurveP256AreTaken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair key = generator.generateKeyPair();
    byte[] proof = KeyProof.RENEWAL.sign("trade-a", key);
    assertThatThrownBy(
            () -> KeyProof.RENEWAL.verify("trade-a", key.getPublic().getEncoded(), proof))
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> KeyProof.RENEWAL.verify("trade-a", new byte[] {1, 2}, proof))
        .hasMessageContaining("no EC key");
  }
}
