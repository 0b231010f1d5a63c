package io.holdfast.collector.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Raw connections to a collector, with or without TLS and certificate, and what became of them. */
final class Attackers implements AutoCloseable {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger connecting = new AtomicInteger();

  /** Of loopback, and not that of the honest. */
  static final String ADDRESS = "127.0.0.66";

  private final NetClient client;
  private final int port;

  private Attackers(Vertx vertx, int port, NetClientOptions options) {
    this.client = vertx.createNetClient(options.setConnectTimeout(30_000));
    this.port = port;
  }

  /** They speak bare TCP, from that address of the loopback network. */
  static Attackers plain(Vertx vertx, int port, String from) {
    return new Attackers(vertx, port, new NetClientOptions().setLocalAddress(from));
  }

  /** They finish the TLS handshake without a certificate. */
  static Attackers anonymous(Vertx vertx, int port, String protocol) {
    return new Attackers(vertx, port, tls(protocol));
  }

  /** They finish it with that certificate. */
  static Attackers certified(
      CollectorProcess collector, Vertx vertx, int port, String protocol, String certificate) {
    Path pki = collector.pki;
    return new Attackers(
        vertx,
        port,
        tls(protocol)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(pki.resolve(certificate + ".crt").toString())
                    .addKeyPath(pki.resolve(certificate + ".key").toString())));
  }

  private static NetClientOptions tls(String protocol) {
    return new NetClientOptions()
        .setLocalAddress(ADDRESS)
        .setSsl(true)
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of(protocol))
        .setHostnameVerificationAlgorithm("")
        .setTrustAll(true);
  }

  /** One more; it is present from now until the other end closes it. */
  Future<NetSocket> connect() {
    connecting.incrementAndGet();
    return client
        .connect(port, CollectorProcess.LOOPBACK)
        .onComplete(done -> connecting.decrementAndGet())
        .map(
            socket -> {
              open.incrementAndGet();
              socket.exceptionHandler(e -> {});
              socket.handler(data -> {});
              socket.closeHandler(v -> open.decrementAndGet());
              return socket;
            });
  }

  /** Connections that are open, or not refused yet. */
  int present() {
    return connecting.get() + open.get();
  }

  @Override
  public void close() {
    client.close().await();
  }
}
