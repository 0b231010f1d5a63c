package io.holdfast.collector.door;

import java.time.Duration;

/**
 * The bounds of one port.
 *
 * @param port its name in log lines
 * @param strangers connections whose TLS handshake is not done; one more pushes out the oldest
 * @param guests connections with a certificate
 * @param anonymous connections without one
 * @param perIdentity connections that show the same identity
 * @param perAddress connections without a certificate from one address
 * @param first a connection that has not asked anything yet is closed after this time
 * @param idle a connection without an open request is closed after this time, whatever it sends
 * @param upload a request that is not complete after this time costs its connection; zero: requests
 *     may go on for ever
 */
public record DoorRules(
    String port,
    int strangers,
    int guests,
    int anonymous,
    int perIdentity,
    int perAddress,
    Duration first,
    Duration idle,
    Duration upload) {

  /** All connections that may be there at once, with room for those that are just closing. */
  int total() {
    return strangers + guests + anonymous + 64;
  }
}
