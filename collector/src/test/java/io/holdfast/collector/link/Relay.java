package io.holdfast.collector.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire that can be cut, or fall silent without a word. */
final class Relay {
  private static final String LOOPBACK = "127.0.0.1";

  private final NetServer server;
  private final NetClient client;
  private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  Relay(Vertx vertx) {
    this.server = vertx.createNetServer();
    this.client = vertx.createNetClient();
  }

  /** Relays to {@code target}; the port to connect to. */
  int start(int target) {
    return server
        .connectHandler(inbound -> relay(inbound, target))
        .listen(0, LOOPBACK)
        .await()
        .actualPort();
  }

  private void relay(NetSocket inbound, int target) {
    inbound.pause();
    sockets.add(inbound);
    client
        .connect(target, LOOPBACK)
        .onSuccess(
            outbound -> {
              sockets.add(outbound);
              join(inbound, outbound);
              join(outbound, inbound);
              inbound.resume();
            })
        .onFailure(e -> inbound.close());
  }

  private void join(NetSocket from, NetSocket to) {
    from.handler(
        bytes -> {
          if (!frozen) {
            to.write(bytes);
          }
        });
    from.closeHandler(v -> to.close());
    from.exceptionHandler(e -> to.close());
  }

  /** What is sent from now on vanishes; the connections stand. */
  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    cut();
  }

  void cut() {
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }

  void stop() {
    Future.all(server.close(), client.close()).await();
  }
}
