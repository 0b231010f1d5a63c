package io.holdfast.core.plan;

import java.time.Duration;

/** What one check looks at. */
public sealed interface Probe {

  /** The service's main process is there. */
  record ProcessAlive() implements Probe {}

  /**
   * A TCP connection is accepted.
   *
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Probe {}

  /** A GET answers with a status from 200 to 299. */
  record Http(String url) implements Probe {}

  /**
   * A {@code SELECT} is answered and the server takes writes.
   *
   * @param connection name of a connection in the host's {@code agent.yaml}
   */
  record Postgres(String connection) implements Probe {}

  /** The file was changed within {@code maxAge}. */
  record FileAge(String path, Duration maxAge) implements Probe {}

  /**
   * A small write in a directory of the service, as its user, is on the disk within {@code max}.
   *
   * @param job name of a job in the host's {@code agent.yaml}, which says where and as whom
   */
  record Write(String job, Duration max) implements Probe {}

  /**
   * Whether it looks at the host's disks and not at the service: then the service's end and its
   * restart say nothing of it, and the time it takes is not the service's.
   */
  default boolean isOfHost() {
    return this instanceof Write;
  }
}
