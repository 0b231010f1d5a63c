package io.holdfast.agent.observe.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives the PostgreSQL client, whose own settings reach neither, connections with a time limit for
 * being made and a size limit for what they receive: whatever listens on the port, it cannot make
 * the agent keep sockets or collect an endless message.
 */
final class BoundedVertx extends VertxWrapper {
  private static final int MOST_BYTES = 64 * 1024;

  private final Duration connectTimeout;

  BoundedVertx(Vertx vertx, Duration connectTimeout) {
    super((VertxInternal) vertx);
    this.connectTimeout = connectTimeout;
  }

  @Override
  public NetClient createNetClient(NetClientOptions options) {
    int millis = Math.toIntExact(connectTimeout.toMillis());
    return new BoundedClient(
        super.createNetClient(new NetClientOptions(options).setConnectTimeout(millis)));
  }

  private record BoundedClient(NetClient client) implements NetClient {

    @Override
    public Future<NetSocket> connect(int port, String host) {
      return client.connect(port, host).map(BoundedClient::bound);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
      return client.connect(port, host, serverName).map(BoundedClient::bound);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address) {
      return client.connect(address).map(BoundedClient::bound);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address, String serverName) {
      return client.connect(address, serverName).map(BoundedClient::bound);
    }

    @Override
    public Future<NetSocket> connect(ConnectOptions options) {
      return client.connect(options).map(BoundedClient::bound);
    }

    private static NetSocket bound(NetSocket socket) {
      ((NetSocketInternal) socket)
          .channelHandlerContext()
          .pipeline()
          .addFirst("holdfast-most-bytes", new MostBytes());
      return socket;
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
      return client.shutdown(timeout, unit);
    }

    @Override
    public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
      return client.updateSSLOptions(options, force);
    }
  }

  private static final class MostBytes extends ChannelInboundHandlerAdapter {
    private long received;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received += bytes.readableBytes();
      if (received <= MOST_BYTES) {
        context.fireChannelRead(bytes);
        return;
      }
      bytes.release();
      context.fireExceptionCaught(
          new TooLongFrameException("the answer is longer than " + MOST_BYTES + " bytes"));
      context.close();
    }
  }
}
