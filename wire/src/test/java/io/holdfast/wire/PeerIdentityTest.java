package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class PeerIdentityTest {

  @Test
  void readsHostCollectorAndRole() throws Exception {
    assertThat(PeerIdentity.of(certificate("host")))
        .isEqualTo(new PeerIdentity.HostIdentity("trade-a"));
    assertThat(PeerIdentity.of(certificate("collector")))
        .isEqualTo(new PeerIdentity.CollectorIdentity("collector-1"));
    assertThat(PeerIdentity.of(certificate("role")))
        .isEqualTo(new PeerIdentity.RoleIdentity(Role.OPERATOR));
  }

  @Test
  void itsTextIsTheUri() throws Exception {
    assertThat(PeerIdentity.of(certificate("host"))).hasToString("holdfast://host/trade-a");
    assertThat(PeerIdentity.of(certificate("role"))).hasToString("holdfast://role/operator");
  }

  @Test
  void refusesACertificateWithoutAUri() throws Exception {
    refuses("none", "has no holdfast:// URI");
    refuses("foreign", "has no holdfast:// URI");
  }

  @Test
  void refusesTwoIdentitiesInOneCertificate() throws Exception {
    refuses("two", "several holdfast:// URIs");
  }

  @Test
  void refusesAUriOfAnotherFormAndSaysWhatIsAllowed() throws Exception {
    refuses("malformed", "holdfast://host/trade-a/../trade-b");
    refuses("emperor", "viewer|operator|admin");
  }

  @Test
  void aRoleIncludesTheRolesBeforeIt() {
    assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
  }

  private static void refuses(String name, String because) throws Exception {
    X509Certificate certificate = certificate(name);
    assertThatThrownBy(() -> PeerIdentity.of(certificate))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(because);
  }

  private static X509Certificate certificate(String name) throws Exception {
    try (InputStream pem = PeerIdentityTest.class.getResourceAsStream(name + ".crt")) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
