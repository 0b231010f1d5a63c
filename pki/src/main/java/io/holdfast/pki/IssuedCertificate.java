package io.holdfast.pki;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate and its key.
 *
 * @param certificate signed by the authority that issued it
 * @param key EC P-256
 */
public record IssuedCertificate(X509Certificate certificate, PrivateKey key) {

  /**
   * Writes {@code NAME.crt} and {@code NAME.key} (PKCS#8, readable by its owner only).
   *
   * @param directory made when it is missing
   * @param name of both files, without ending
   * @throws PkiException when a file is there already or cannot be written
   */
  public void writeTo(Path directory, String name) {
    PemFiles.writeKey(directory.resolve(name + ".key"), key);
    PemFiles.writeCertificate(directory.resolve(name + ".crt"), certificate);
  }

  @Override
  public String toString() {
    return "IssuedCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
