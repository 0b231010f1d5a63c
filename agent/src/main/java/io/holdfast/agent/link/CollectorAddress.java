package io.holdfast.agent.link;

/**
 * Where a collector takes agents' streams.
 *
 * @param host name or IP address, as in its certificate
 * @param port 1 to 65535
 */
public record CollectorAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Checks the range. */
  public CollectorAddress {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + "; allowed: 1 to " + MAX_PORT);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
