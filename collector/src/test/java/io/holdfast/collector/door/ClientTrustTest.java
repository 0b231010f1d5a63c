package io.holdfast.collector.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.Use;
import io.holdfast.pki.Validity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ClientTrustTest {
  private final CertificateAuthority root = CertificateAuthority.create("root", Validity.days(9));
  private final CertificateAuthority site = root.intermediate("site", Validity.days(9));

  private static X509Certificate host(CertificateAuthority by, Validity validity) {
    return by.issue(CertificateRequest.host("trade-a").withValidity(validity)).certificate();
  }

  private void check(X509Certificate... chain) throws Exception {
    ClientTrust.in(List.of(root.certificate())).checkClientTrusted(chain, "UNKNOWN");
  }

  private AbstractThrowableAssert<?, ?> refused(X509Certificate... chain) {
    return assertThatThrownBy(() -> check(chain)).isInstanceOf(RejectedClientException.class);
  }

  @Test
  void takesWhatTheIntermediateOfItsRootSigned() throws Exception {
    check(host(site, Validity.days(1)), site.certificate());
  }

  @Test
  void namesTheCertificateAndTheReason() {
    refused(host(site, Validity.expired()), site.certificate())
        .hasMessageStartingWith("the certificate that says holdfast://host/trade-a (serial ")
        .hasMessageContaining("has expired; it held until");
    refused(host(site, Validity.notYet()), site.certificate())
        .hasMessageContaining("does not hold yet, only from");
    CertificateAuthority other = CertificateAuthority.create("other", Validity.days(9));
    refused(host(other, Validity.days(1)))
        .hasMessageContaining("is not signed by the CA in tls.ca, but by CN=other");
    X509Certificate server =
        site.issue(CertificateRequest.host("trade-a").withUses(Set.of(Use.SERVER))).certificate();
    refused(server, site.certificate()).hasMessageContaining("is not for clients");
  }

  @Test
  void trustsEveryRootOfABundle() throws Exception {
    CertificateAuthority next = CertificateAuthority.create("next root", Validity.days(9));
    ClientTrust both = ClientTrust.in(List.of(root.certificate(), next.certificate()));
    both.checkClientTrusted(
        new X509Certificate[] {host(site, Validity.days(1)), site.certificate()}, "UNKNOWN");
    both.checkClientTrusted(new X509Certificate[] {host(next, Validity.days(1))}, "UNKNOWN");
    assertThat(both.getAcceptedIssuers()).hasSize(2);
  }
}
