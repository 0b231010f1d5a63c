package io.holdfast.agent.link;

import java.nio.file.Path;

/**
 * PEM files of this end, read anew for every attempt, so that a renewed certificate needs no
 * restart.
 *
 * @param certificate this host's, {@code holdfast://host/NAME}
 * @param key its PKCS#8 key
 * @param ca who signs the collectors' certificates
 */
public record TlsFiles(Path certificate, Path key, Path ca) {

  /** Certificate and key are in one file, which the agent itself replaces when it is renewed. */
  public boolean isOneFile() {
    return certificate.equals(key);
  }
}
