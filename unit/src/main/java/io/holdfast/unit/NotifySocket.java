package io.holdfast.unit;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UNIX datagram socket of the service manager. Java has none of this kind, so Netty's native
 * one is used: of the ways that were measured it costs the least memory (ADR 0014).
 */
final class NotifySocket implements Datagrams {
  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  private final byte[] path;
  private final Socket socket;
  private boolean failing;

  private NotifySocket(byte[] path, Socket socket) {
    this.path = path;
    this.socket = socket;
  }

  /**
   * Opens a socket that sends to {@code address}.
   *
   * @param address an absolute path, or {@code @} and an abstract name
   * @throws IOException when it cannot be used on this host; the message says what to do
   */
  static NotifySocket open(String address) throws IOException {
    if (!address.startsWith("/") && !address.startsWith("@")) {
      throw new IOException("it is neither a path nor an abstract name");
    }
    try {
      Epoll.ensureAvailability();
      byte[] path = address.getBytes(StandardCharsets.UTF_8);
      if (path[0] == '@') {
        path[0] = 0;
      }
      return new NotifySocket(path, Socket.newSocketDomainDgram());
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "Netty's native library cannot be loaded from java.library.path or java.io.tmpdir: "
              + (e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  @Override
  public synchronized boolean send(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    try {
      boolean sent = socket.sendToDomainSocket(buffer, 0, bytes.length, path) == bytes.length;
      failing &= !sent;
      return sent;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.warn("the service manager cannot be told anything: {}", e.getMessage());
      }
      return false;
    }
  }
}
