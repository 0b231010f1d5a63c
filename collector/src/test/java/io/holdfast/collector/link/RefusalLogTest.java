package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

  @Test
  void tellsTheReasonsOfRefusedHandshakesApart() {
    assertThat(RefusalLog.sentence(new SSLHandshakeException("Empty client certificate chain")))
        .contains("showed no certificate");
    assertThat(
            RefusalLog.sentence(
                new SSLHandshakeException("Received fatal alert: certificate_unknown")))
        .contains("does not accept this collector's certificate");
    assertThat(RefusalLog.sentence(new SSLHandshakeException("not an SSL/TLS record")))
        .contains("does not speak TLS 1.3");
  }
}
