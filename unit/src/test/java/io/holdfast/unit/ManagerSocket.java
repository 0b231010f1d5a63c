package io.holdfast.unit;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The service manager's end of a notification socket. */
public final class ManagerSocket implements AutoCloseable {
  private static final int MAX_BYTES = 4096;

  private final String address;
  private final Socket socket;

  private ManagerSocket(String address, String path) throws IOException {
    Epoll.ensureAvailability();
    this.address = address;
    this.socket = Socket.newSocketDomainDgram();
    socket.bind(new DomainSocketAddress(path));
  }

  /** One that is a file. */
  public static ManagerSocket onPath() throws IOException {
    Path path = Files.createTempDirectory("manager").resolve("notify");
    return new ManagerSocket(path.toString(), path.toString());
  }

  /** One without a file. */
  public static ManagerSocket abstractOne() throws IOException {
    String name = "holdfast-" + UUID.randomUUID();
    return new ManagerSocket("@" + name, "\0" + name);
  }

  /** What {@code NOTIFY_SOCKET} is to say. */
  public String address() {
    return address;
  }

  /** What came next; empty: nothing is there yet. */
  public Optional<String> poll() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
    DomainDatagramSocketAddress sender = socket.recvFromDomainSocket(buffer, 0, MAX_BYTES);
    if (sender == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[sender.receivedAmount()];
    buffer.get(0, bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    if (address.startsWith("/")) {
      Files.deleteIfExists(Path.of(address));
    }
  }
}
