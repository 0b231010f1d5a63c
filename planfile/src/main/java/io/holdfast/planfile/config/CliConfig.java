package io.holdfast.planfile.config;

import java.util.List;

/**
 * The content of {@code cli.yaml}.
 *
 * @param collectors at least one, in the order in which they are tried
 * @param tls the operator's certificate
 */
public record CliConfig(List<Endpoint> collectors, TlsFiles tls) {

  /** Copies the list. */
  public CliConfig {
    collectors = List.copyOf(collectors);
  }
}
