package io.holdfast.pki;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Which end of a TLS connection a certificate may stand for (its extended key usage). */
public enum Use {
  /** The end that listens. */
  SERVER(KeyPurposeId.id_kp_serverAuth),
  /** The end that connects. */
  CLIENT(KeyPurposeId.id_kp_clientAuth);

  final KeyPurposeId purpose;

  Use(KeyPurposeId purpose) {
    this.purpose = purpose;
  }
}
