package io.holdfast.collector.link;

import io.holdfast.collector.door.Door;
import io.holdfast.collector.door.PlainGrpc;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.proto.agent.v1.AgentLinkGrpcService;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.proto.agent.v1.RenewNow;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the agents' streams on a port of its own. Everything of a stream runs on one event loop;
 * these methods may be called from any thread.
 */
public final class AgentLinkServer implements AgentStreams {
  /** Bytes of one message. */
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  /** How long an agent has to take a refusal. */
  static final long CLOSE_SECONDS = 2;

  private static final long PATROL_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(AgentLinkServer.class);

  private final Vertx vertx;
  private final Context context;
  private final LinkServerSettings settings;
  private final LinkHandler handler;
  private final Door door;
  private final RefusalLog refusals = new RefusalLog();
  private final Set<AgentStream> streams = new HashSet<>();
  private final Map<String, AgentStream> byHost = new HashMap<>();
  private final Map<String, AgentStream> open = new ConcurrentHashMap<>();
  private final Map<String, Pace> paces = new HashMap<>();
  private final AgentStream.Owner owner = new Registry();

  private final String life = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  private long streamsBegun;
  private @Nullable HttpServer server;
  private long patrol = -1;

  /** Listens nowhere until {@link #start}. */
  public AgentLinkServer(Vertx vertx, LinkServerSettings settings, LinkHandler handler, Door door) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.handler = handler;
    this.door = door;
  }

  /**
   * Listens.
   *
   * @return the port; failed with a sentence that names file, address or port when a PEM file
   *     cannot be used or the port is taken
   */
  public Future<Integer> start() {
    Promise<Integer> started = Promise.promise();
    context.runOnContext(
        v ->
            context
                .executeBlocking(() -> ServerFactory.options(settings))
                .compose(options -> listen(vertx.createHttpServer(options)))
                .onComplete(started));
    return started.future();
  }

  private Future<Integer> listen(HttpServer created) {
    GrpcServer grpc =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES));
    grpc.callHandler(AgentLinkGrpcService.Connect, this::take);
    return door.guard(created)
        .requestHandler(new PlainGrpc(grpc))
        .exceptionHandler(e -> refusals.handshakeFailed(e, System.nanoTime()))
        .listen(settings.port(), settings.address())
        .recover(e -> Future.failedFuture(ServerFactory.explained(settings, e)))
        .map(
            listening -> {
              server = listening;
              door.open(listening.actualPort());
              patrol = vertx.setPeriodic(PATROL_MILLIS, id -> patrol());
              LOG.info("agents are taken on {}:{}", settings.address(), listening.actualPort());
              return listening.actualPort();
            });
  }

  /**
   * Reads the files of TLS anew for connections that come from now on; streams that are open stay.
   *
   * @return failed when a file cannot be used, and then all is as it was
   */
  public Future<Void> reload() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v ->
            (server == null
                    ? Future.<Void>failedFuture("the agents' port is not open")
                    : ServerFactory.tls(settings).reload(context, server))
                .onComplete(done));
    return done.future();
  }

  /** Refuses all streams as "not ready", so that agents turn elsewhere, and closes the port. */
  public Future<Void> stop() {
    Promise<Void> stopped = Promise.promise();
    context.runOnContext(
        v -> {
          vertx.cancelTimer(patrol);
          door.close();
          for (AgentStream stream : List.copyOf(streams)) {
            stream.refuse(Reason.REASON_NOT_READY, "this collector is stopping");
          }
          (server == null
                  ? Future.<Void>succeededFuture()
                  : server.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS))
              .onComplete(stopped);
        });
    return stopped.future();
  }

  @Override
  public void send(String host, HostPlan plan) {
    tell(host, stream -> stream.sendPlan(plan));
  }

  @Override
  public void askToRenew(String host, long withinMillis) {
    tell(
        host,
        stream ->
            stream.send(
                CollectorMessage.newBuilder()
                    .setRenewNow(RenewNow.newBuilder().setWithinMillis(withinMillis))
                    .build()));
  }

  private void tell(String host, Consumer<AgentStream> words) {
    context.runOnContext(
        v -> {
          AgentStream stream = byHost.get(host);
          if (stream != null && stream.isOpen()) {
            words.accept(stream);
          }
        });
  }

  @Override
  public Set<String> connectedHosts() {
    return Set.copyOf(open.keySet());
  }

  private void take(GrpcServerRequest<AgentMessage, CollectorMessage> request) {
    AgentStream stream =
        new AgentStream(request, context, settings, handler, owner, refusals, nextStreamId());
    streams.add(stream);
    stream.listen();
  }

  /** Unique among this collector's lives too: the first half is of this one. */
  private String nextStreamId() {
    streamsBegun++;
    return life + "-" + streamsBegun;
  }

  private void patrol() {
    long now = System.nanoTime();
    for (AgentStream stream : List.copyOf(streams)) {
      stream.check(now);
    }
    paces.values().removeIf(pace -> pace.isFull(now));
  }

  /** One live stream per host: the newest. */
  private final class Registry implements AgentStream.Owner {

    @Override
    public Pace paceOf(String host) {
      return paces.computeIfAbsent(host, first -> new Pace(System.nanoTime()));
    }

    @Override
    public void accepted(AgentStream stream) {
      AgentStream older = byHost.get(stream.host());
      if (older != null) {
        older.refuse(Reason.REASON_REPLACED, "a newer stream of host " + stream.host() + " came");
      }
      byHost.put(stream.host(), stream);
    }

    @Override
    public void opened(AgentStream stream, HelloInfo hello) {
      open.put(stream.host(), stream);
      handler.connected(stream.host(), hello, stream.facts());
    }

    @Override
    public void renewed(AgentStream stream) {
      if (open.get(stream.host()) == stream) {
        handler.renewed(stream.host(), stream.facts());
      }
    }

    @Override
    public void ended(AgentStream stream) {
      streams.remove(stream);
      byHost.remove(stream.host(), stream);
      if (open.remove(stream.host(), stream)) {
        handler.disconnected(stream.host());
      }
    }
  }
}
