package io.holdfast.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate as it is on disk now. */
public final class CertificateFile {

  private CertificateFile() {}

  /**
   * When it expires, in seconds since 1970; not a number when the file holds no certificate.
   *
   * @param pem the first certificate of this file counts
   */
  public static double expirySeconds(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return certificate.getNotAfter().getTime() / 1000.0;
    } catch (IOException | CertificateException e) {
      return Double.NaN;
    }
  }
}
