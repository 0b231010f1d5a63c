package io.holdfast.collector.link;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.SentAt;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.EventAck;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.Refusal;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.proto.agent.v1.Welcome;
import io.holdfast.wire.EventMapping;
import io.holdfast.wire.HostPlanMapping;
import io.holdfast.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent's stream, from its first byte to its end. */
final class AgentStream {
  private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);

  private enum Phase {
    HELLO,
    OPENING,
    OPEN,
    ENDED
  }

  /** Who keeps the streams. */
  interface Owner {
    /** The pace of all streams of that host. */
    Pace paceOf(String host);

    /** The host's Hello is accepted: an older stream of it is to end now. */
    void accepted(AgentStream stream);

    /** The stream is open. */
    void opened(AgentStream stream, HelloInfo hello);

    /** The stream has a newer certificate. */
    void renewed(AgentStream stream);

    /** The stream is over, accepted or not. */
    void ended(AgentStream stream);
  }

  private final GrpcServerRequest<AgentMessage, CollectorMessage> request;
  private final Context context;
  private final LinkServerSettings settings;
  private final LinkHandler handler;
  private final Owner owner;
  private final RefusalLog refusals;

  private final StreamFlow flow;

  /** Names the stream. */
  private final String id;

  private Phase phase = Phase.HELLO;
  private Optional<StreamCredential> credential = Optional.empty();
  private Optional<StreamRenewal> renewal = Optional.empty();
  private String spoolId = "";
  private String bootId = "";
  private long acknowledged;
  private boolean delivered;

  AgentStream(
      GrpcServerRequest<AgentMessage, CollectorMessage> request,
      Context context,
      LinkServerSettings settings,
      LinkHandler handler,
      Owner owner,
      RefusalLog refusals,
      String id) {
    this.request = request;
    this.flow = new StreamFlow(request);
    this.id = id;
    this.context = context;
    this.settings = settings;
    this.handler = handler;
    this.owner = owner;
    this.refusals = refusals;
  }

  void listen() {
    // Decoded here: the generated handler would drop a malformed message without a word.
    request.messageHandler(this::received);
    request.invalidMessageHandler(
        e -> refuse(Reason.REASON_BAD_MESSAGE, "a message is larger than 1 MiB"));
    request.exceptionHandler(e -> end("the connection broke: " + e.getMessage()));
    request.errorHandler(error -> end("the agent ended the stream (" + error + ")"));
    request.endHandler(v -> end("the agent ended the stream"));
    request.response().exceptionHandler(e -> end("the connection broke: " + e.getMessage()));
  }

  /** The host of its certificate; empty before the Hello was accepted. */
  String host() {
    return credential.map(StreamCredential::host).orElse("");
  }

  /** Itself, for people. */
  StreamFacts facts() {
    return new StreamFacts(
        id, credential.map(known -> known.newest().notAfterWallMillis()).orElse(0L));
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** It has a newer certificate. */
  void renewed() {
    owner.renewed(this);
  }

  /** Ends what must not go on by now, in nanoseconds of {@link System#nanoTime}. */
  void check(long now) {
    try {
      if (credential.isPresent()) {
        credential.get().check(settings.visas());
      }
    } catch (RefusedException e) {
      refuse(e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    Duration silent = flow.silence(now);
    if (phase == Phase.HELLO && silent.compareTo(settings.hello()) > 0) {
      refuse(Reason.REASON_BAD_MESSAGE, "no Hello within " + settings.hello().toMillis() + " ms");
    } else if (!flow.isHeld() && silent.compareTo(settings.silence()) > 0) {
      refuse(
          Reason.REASON_BAD_MESSAGE, "nothing came for " + settings.silence().toMillis() + " ms");
    }
  }

  void sendPlan(HostPlan plan) {
    send(CollectorMessage.newBuilder().setHostPlan(HostPlanMapping.toProto(plan)).build());
  }

  /** Tells the agent why, and ends the stream. */
  void refuse(Reason reason, String message) {
    if (phase == Phase.ENDED) {
      return;
    }
    refusals.say(
        "stream of " + name() + " is refused (" + reason + "): " + message, System.nanoTime());
    Refusal refusal = Refusal.newBuilder().setReason(reason).setMessage(message).build();
    try {
      request.response().end(CollectorMessage.newBuilder().setRefusal(refusal).build());
    } catch (IllegalStateException e) {
      LOG.debug("the stream of {} ended before it could be refused", name(), e);
    }
    // What the agent still sends is not read any more, and the connection does not stay for it.
    request.connection().shutdown(AgentLinkServer.CLOSE_SECONDS, TimeUnit.SECONDS);
    finish();
  }

  private void end(String why) {
    if (phase == Phase.ENDED) {
      return;
    }
    LOG.info("stream {} of {} ended: {}", id, name(), why);
    try {
      request.response().end();
    } catch (IllegalStateException e) {
      LOG.debug("the stream of {} was over", name(), e);
    }
    finish();
  }

  private void finish() {
    phase = Phase.ENDED;
    owner.ended(this);
  }

  private void received(GrpcMessage message) {
    if (phase == Phase.ENDED) {
      return;
    }
    flow.heard();
    try {
      AgentMessage said = decode(message);
      take(said);
      pace(message.payload().length(), said.getEvents().getEventsCount());
    } catch (RefusedException e) {
      refuse(e.reason(), String.valueOf(e.getMessage()));
    } catch (WireException e) {
      refuse(Reason.REASON_BAD_MESSAGE, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a message of {} could not be handled", name(), e);
      refuse(Reason.REASON_NOT_READY, "the collector could not handle a message");
    }
  }

  private static AgentMessage decode(GrpcMessage message) throws RefusedException {
    // A compressed message could grow beyond every bound.
    if (message.format() != WireFormat.PROTOBUF || !message.encoding().equals("identity")) {
      throw new RefusedException(
          Reason.REASON_BAD_MESSAGE, "only uncompressed protobuf is taken here");
    }
    try {
      // What this build does not know would only take memory.
      return DiscardUnknownFieldsParser.wrap(AgentMessage.parser())
          .parseFrom(message.payload().getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new RefusedException(
          Reason.REASON_BAD_MESSAGE, "a message cannot be read: " + e.getMessage());
    }
  }

  private void take(AgentMessage message) throws RefusedException {
    boolean hello = message.getMessageCase() == AgentMessage.MessageCase.HELLO;
    if (hello != (phase == Phase.HELLO) || phase == Phase.OPENING) {
      throw new RefusedException(
          Reason.REASON_BAD_MESSAGE,
          hello ? "a second Hello" : "a message before the stream is open");
    }
    switch (message.getMessageCase()) {
      case HELLO -> greeted(message.getHello());
      case HEARTBEAT -> heard(message.getHeartbeat());
      case EVENTS -> record(message.getEvents());
      case PLAN_ACK ->
          handler.planAcknowledged(
              host(), HelloCheck.bounded("plan_hash", message.getPlanAck().getPlanHash()));
      case RENEWAL_REQUEST -> renewal.orElseThrow().ask(message.getRenewalRequest());
      case MESSAGE_NOT_SET ->
          throw new RefusedException(
              Reason.REASON_BAD_MESSAGE,
              "a message of a kind that this build does not know; upgrade the collector first");
    }
  }

  private void greeted(Hello hello) throws RefusedException {
    StreamCredential shown = StreamCredential.of(request.connection());
    shown.check(settings.visas());
    HelloInfo info = HelloCheck.check(hello, shown.host(), handler);
    credential = Optional.of(shown);
    renewal = Optional.of(new StreamRenewal(this, shown, handler, refusals));
    spoolId = info.spoolId();
    bootId = hello.getBootId();
    phase = Phase.OPENING;
    owner.accepted(this);
    whenDone(
        handler.lastSequence(host(), spoolId),
        (last, failure) -> {
          if (failure != null) {
            refuse(Reason.REASON_NOT_READY, reasonOf(failure));
          } else {
            welcome(last, info);
          }
        });
  }

  private void welcome(long lastSequence, HelloInfo info) {
    phase = Phase.OPEN;
    acknowledged = lastSequence;
    send(
        CollectorMessage.newBuilder()
            .setWelcome(
                Welcome.newBuilder()
                    .setProtocol(HelloCheck.PROTOCOL)
                    .setCollector(settings.collector())
                    .setStream(id)
                    .setCertificateHoldsMillis(
                        credential.orElseThrow().newest().holdsFor(handler.wallMillis()))
                    .setLastSequence(lastSequence))
            .build());
    LOG.info(
        "stream {} of {} is open; its spool is known up to event {}", id, host(), lastSequence);
    owner.opened(this, info);
    handler
        .planFor(host())
        .filter(plan -> !plan.planHash().equals(info.planHash()))
        .ifPresent(this::sendPlan);
  }

  private void heard(Heartbeat heartbeat) throws RefusedException {
    Bounds.check(heartbeat);
    handler.heartbeat(host(), heartbeat);
  }

  private void record(EventBatch batch) throws RefusedException {
    Bounds.check(batch);
    List<SpooledEvent> events =
        batch.getEventsList().stream().map(EventMapping::fromProto).toList();
    if (events.isEmpty()) {
      return;
    }
    Delivery delivery = new Delivery(events, sentAt(batch), !delivered);
    delivered = true;
    flow.batchCame();
    whenDone(handler.record(host(), spoolId, delivery), this::recorded);
  }

  private Optional<SentAt> sentAt(EventBatch batch) {
    return batch.getBootMillis() > 0
        ? Optional.of(new SentAt(new Moment(batch.getBootMillis(), batch.getWallMillis()), bootId))
        : Optional.empty();
  }

  private void recorded(Long sequence, Throwable failure) {
    flow.batchDone();
    if (failure instanceof GapException) {
      refuse(Reason.REASON_GAP, String.valueOf(failure.getMessage()));
    } else if (failure != null) {
      refuse(Reason.REASON_NOT_READY, reasonOf(failure));
    } else if (sequence > acknowledged) {
      acknowledged = sequence;
      send(
          CollectorMessage.newBuilder()
              .setEventAck(EventAck.newBuilder().setSpoolId(spoolId).setSequence(sequence))
              .build());
    }
  }

  /** Too fast: nothing more is read for a while, and so the agent cannot send more. */
  private void pace(int bytes, int events) {
    if (phase == Phase.ENDED) {
      return;
    }
    long millis = owner.paceOf(host()).take(bytes, events, System.nanoTime());
    if (millis > 0 && flow.slowDown()) {
      refusals.say(
          "stream of " + name() + " brings more than it may; it is slowed down", System.nanoTime());
      context.owner().setTimer(millis, timer -> unpaced());
    }
  }

  private void unpaced() {
    if (phase != Phase.ENDED) {
      flow.goOn();
    }
  }

  /** Back on the stream's own event loop, unless the stream ended meanwhile. */
  <T> void whenDone(Future<T> future, BiConsumer<T, Throwable> then) {
    future.onComplete(
        (result, failure) ->
            context.runOnContext(
                v -> {
                  if (phase == Phase.ENDED) {
                    return;
                  }
                  try {
                    then.accept(result, failure);
                  } catch (RuntimeException e) {
                    LOG.error("the stream of {} failed", name(), e);
                    refuse(Reason.REASON_NOT_READY, "the collector failed on this stream");
                  }
                }));
  }

  void send(CollectorMessage message) {
    if (phase != Phase.ENDED) {
      try {
        request.response().write(message).onFailure(e -> end("cannot write: " + e.getMessage()));
      } catch (IllegalStateException e) {
        end("cannot write: " + e.getMessage());
      }
    }
  }

  private String name() {
    return credential
        .map(StreamCredential::host)
        .orElseGet(() -> request.connection().remoteAddress().hostAddress());
  }

  static String reasonOf(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
