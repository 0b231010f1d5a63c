package io.holdfast.agent.metrics;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the figures are shown.
 *
 * @param port 0: any free one
 * @param tls empty: in clear text, which only a loopback address is fit for
 */
public record MetricsSettings(String address, int port, Optional<Tls> tls) {

  /**
   * PEM files.
   *
   * @param authorities who sign the certificates of those who may look
   */
  public record Tls(Path certificate, Path key, Path authorities) {}
}
