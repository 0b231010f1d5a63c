package io.holdfast.collector.door;

import java.security.cert.CertificateException;

/** A client's certificate is not accepted; the message names it and says why. */
public final class RejectedClientException extends CertificateException {
  private static final long serialVersionUID = 1L;

  RejectedClientException(String message, CertificateException cause) {
    super(message, cause);
  }
}
