package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

  @Test
  void tellsTheReasonsOfRefusedHandshakesApart() {
    assertThat(RefusalLog.sentence(caused(new CertificateExpiredException("NotAfter"))))
        .contains("has expired");
    assertThat(RefusalLog.sentence(new SSLHandshakeException("Empty client certificate chain")))
        .contains("no certificate that is signed by the CA");
    assertThat(
            RefusalLog.sentence(
                new SSLHandshakeException("Received fatal alert: certificate_unknown")))
        .contains("does not accept this collector's certificate");
    assertThat(RefusalLog.sentence(new SSLHandshakeException("not an SSL/TLS record")))
        .contains("does not speak TLS 1.3");
  }

  private static Exception caused(Exception cause) {
    SSLHandshakeException failure = new SSLHandshakeException("PKIX path validation failed");
    failure.initCause(cause);
    return failure;
  }
}
