package io.holdfast.planfile.config;

/**
 * Where a server listens or is reached.
 *
 * @param host name or IP address, without brackets
 * @param port 1 to 65535; 0 where a server may take any free one
 */
public record Endpoint(String host, int port) {

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
