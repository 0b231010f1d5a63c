package io.holdfast.planfile.config;

import java.nio.file.Path;

/**
 * PEM files of one side of a TLS connection. Each existed when the configuration was read, except
 * that certificate and key may be one file that is yet to be made.
 *
 * @param certificate own certificate, with its chain if it has one
 * @param key own private key, PKCS#8
 * @param ca certificates that the other side must be signed by
 */
public record TlsFiles(Path certificate, Path key, Path ca) {

  /** Certificate and key are in one file, so that Holdfast itself can replace both at once. */
  public boolean isOneFile() {
    return certificate.equals(key);
  }
}
