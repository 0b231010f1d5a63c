package io.holdfast.collector.ledger;

import java.net.SocketAddress;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.ServerTransportFilter;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * Bounds the connections of the ledger's port, on which only collectors have business. One whose
 * handshake is not done can only push out its like.
 */
final class LedgerDoor extends ServerTransportFilter implements GrpcServices.Customizer {
  private static final int STRANGERS = 64;
  private static final int CONNECTIONS = 128;
  private static final int HANDSHAKE_SECONDS = 10;
  private static final int IDLE_SECONDS = 10;
  private static final int PING_SECONDS = 20;
  private static final int CALLS = 64;
  private static final int METADATA_BYTES = 8 * 1024;
  private static final int RESETS = 100;
  private static final int RESET_SECONDS = 30;

  private final AtomicInteger present = new AtomicInteger();
  private final Map<SocketAddress, Channel> strangers = new LinkedHashMap<>();

  @Override
  public NettyServerBuilder customize(
      NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
    builder.addTransportFilter(this).handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return builder
        .channelFactory(Listening::new)
        .maxConnectionIdle(IDLE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(PING_SECONDS, TimeUnit.SECONDS)
        .maxConcurrentCallsPerConnection(CALLS)
        .maxInboundMetadataSize(METADATA_BYTES)
        .maxRstFramesPerWindow(RESETS, RESET_SECONDS);
  }

  /** The handshake is done: it is no stranger any more. */
  @Override
  public Attributes transportReady(Attributes attributes) {
    SocketAddress remote = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    synchronized (strangers) {
      strangers.remove(remote);
    }
    return attributes;
  }

  private void arrived(Channel channel) {
    synchronized (strangers) {
      strangers.put(channel.remoteAddress(), channel);
      Iterator<Channel> oldest = strangers.values().iterator();
      if (strangers.size() > STRANGERS) {
        oldest.next().close();
        oldest.remove();
      }
    }
  }

  private void left(Channel channel) {
    present.decrementAndGet();
    synchronized (strangers) {
      strangers.values().remove(channel);
    }
  }

  /** The server's socket; turns away what is too many before anything is spent on it. */
  private final class Listening extends NioServerSocketChannel {
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int read = super.doReadMessages(accepted);
      if (accepted.size() > before) {
        Channel channel = (Channel) accepted.getLast();
        if (present.incrementAndGet() > CONNECTIONS) {
          present.decrementAndGet();
          accepted.removeLast();
          channel.unsafe().closeForcibly();
        } else {
          channel.pipeline().addLast(new Arrival());
        }
      }
      return read;
    }
  }

  private final class Arrival extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (context.channel().remoteAddress() != null) {
        arrived(context.channel());
      }
      context.fireChannelActive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      left(context.channel());
    }
  }
}
