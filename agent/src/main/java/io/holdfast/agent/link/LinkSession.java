package io.holdfast.agent.link;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.agent.link.LinkFailure.Kind;
import io.holdfast.proto.agent.v1.AgentLinkGrpcClient;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.EventAck;
import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.Refusal;
import io.holdfast.proto.agent.v1.Welcome;
import io.holdfast.wire.HostPlanMapping;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its opening to its end, which is told exactly once. */
final class LinkSession {
  /** Version of the protocol that this build speaks. */
  static final int PROTOCOL = 1;

  private static final String LOOKS_GOOD =
      "; seen from here nothing is wrong with it: the collector's log names it and says why";

  private static final int PING_BYTES = 8;
  private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);

  /** Who opened the session. */
  interface Owner {
    void opened(String collector, String stream);

    /** It is over. {@code open}: how long the stream was open, zero when it never was. */
    void ended(LinkFailure failure, Duration open);
  }

  private final Vertx vertx;
  private final LinkSettings settings;
  private final CollectorAddress address;
  private final OwnCertificate certificate;
  private final AgentFacts facts;
  private final Owner owner;
  private final GrpcClient client;
  private final PlanIntake plans;
  private final Allowance allowance = new Allowance();

  @SuppressWarnings("NullAway.Init") // set once connected; only release comes before
  private GrpcClientRequest<AgentMessage, CollectorMessage> request;

  private final SpoolSender sender;
  private final CertificateRenewal renewal;

  private OptionalLong openedAt = OptionalLong.empty();
  private long heardAt;
  private boolean pinging;
  private boolean ended;
  private long openingTimer = -1;
  private long heartbeatTimer = -1;

  LinkSession(
      Vertx vertx,
      LinkSettings settings,
      CollectorAddress address,
      OwnCertificate certificate,
      EventSource events,
      AgentFacts facts,
      LinkListener listener,
      Owner owner,
      BoundedLog plansRefused) {
    this.vertx = vertx;
    this.settings = settings;
    this.address = address;
    this.certificate = certificate;
    this.sender = new SpoolSender(events, facts, this::send);
    this.plans = new PlanIntake(settings.host(), address, listener, this::send, plansRefused);
    this.renewal =
        new CertificateRenewal(vertx.getOrCreateContext(), settings, this::send, listener);
    this.facts = facts;
    this.owner = owner;
    this.client = ClientFactory.create(vertx, certificate, settings.timings());
  }

  void open() {
    openingTimer =
        vertx.setTimer(
            settings.timings().opening().toMillis(),
            id -> end(Kind.TIMED_OUT, "the collector did not open the stream in time"));
    client
        .request(
            SocketAddress.inetSocketAddress(address.port(), address.host()),
            AgentLinkGrpcClient.Connect)
        .onSuccess(this::connected)
        .onFailure(this::end);
  }

  CollectorAddress address() {
    return address;
  }

  /** Its collector is no longer one of this agent's. */
  void leave() {
    end(Kind.LOCAL, "the configuration does not name this collector any more");
  }

  /** Ends without telling the owner. */
  void close() {
    ended = true;
    release();
  }

  private void connected(GrpcClientRequest<AgentMessage, CollectorMessage> opened) {
    if (ended) {
      return;
    }
    request = opened;
    // A TLS 1.3 server refuses a client's certificate after the client's handshake is done: the
    // alert comes here, before the bare "connection closed" of the stream.
    request.connection().exceptionHandler(this::end);
    request.connection().closeHandler(v -> end(Kind.CLOSED, "the connection was closed"));
    request.exceptionHandler(this::end);
    request.response().onSuccess(this::answered).onFailure(this::end);
    try {
      Certified.requireCollector(request.connection());
    } catch (CertificateException e) {
      end(Kind.NOT_A_COLLECTOR, "who answers there is no collector: " + e.getMessage());
      return;
    }
    send(AgentMessage.newBuilder().setHello(hello()).build());
  }

  private Hello hello() {
    return Hello.newBuilder()
        .setProtocol(PROTOCOL)
        .setBuild(settings.build())
        .setBootId(settings.bootId())
        .setSpoolId(sender.spoolId())
        .setPlanHash(facts.planHash())
        .setHost(settings.host())
        .build();
  }

  private void answered(GrpcClientResponse<AgentMessage, CollectorMessage> response) {
    // Decoded here: the generated handler would drop a malformed message without a word.
    response.messageHandler(this::received);
    response.invalidMessageHandler(
        e -> end(Kind.BAD_MESSAGE, "the collector sent " + LinkFailure.shown(e.toString())));
    response.exceptionHandler(this::end);
    response.errorHandler(
        error -> end(Kind.CLOSED, "the collector ended the stream (" + error + ")"));
    response.endHandler(
        v -> end(Kind.CLOSED, "the collector ended the stream (" + response.status() + ")"));
  }

  private void received(GrpcMessage message) {
    if (ended) {
      return;
    }
    heardAt = System.nanoTime();
    if (!allowance.spend()) {
      end(Kind.BAD_MESSAGE, "the collector sends more messages than it has reason to");
      return;
    }
    if (!"identity".equals(message.encoding())) {
      end(Kind.BAD_MESSAGE, "the collector sent a compressed message, which agents do not take");
      return;
    }
    if (message.payload().length() > HostPlanMapping.MAX_BYTES) {
      plans.refuse(
          "a message of "
              + message.payload().length()
              + " bytes is not taken; allowed: "
              + HostPlanMapping.MAX_BYTES);
      return;
    }
    try {
      CollectorMessage decoded = CollectorMessage.parseFrom(message.payload().getBytes());
      switch (decoded.getMessageCase()) {
        case WELCOME -> welcomed(decoded.getWelcome());
        case REFUSAL -> refused(decoded.getRefusal());
        case EVENT_ACK -> acknowledged(decoded.getEventAck());
        case HOST_PLAN -> plans.take(decoded.getHostPlan());
        case RENEW_NOW -> renewal.now(decoded.getRenewNow().getWithinMillis());
        case RENEWED -> requireAsked(renewal.renewed(decoded.getRenewed()));
        case RENEWAL_REFUSED -> requireAsked(renewal.refused(decoded.getRenewalRefused()));
        case MESSAGE_NOT_SET -> LOG.debug("a message of an unknown kind from {}", address);
      }
    } catch (InvalidProtocolBufferException e) {
      end(Kind.BAD_MESSAGE, "the collector sent a message that cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("link to {}: a message could not be handled", address, e);
      end(Kind.LOCAL, "a message could not be handled: " + e);
    }
  }

  private void welcomed(Welcome welcome) {
    if (openedAt.isPresent() || welcome.getProtocol() != PROTOCOL) {
      end(Kind.PROTOCOL, "the collector's welcome is for protocol " + welcome.getProtocol());
      return;
    }
    vertx.cancelTimer(openingTimer);
    openedAt = OptionalLong.of(System.nanoTime());
    sender.opened(welcome.getLastSequence());
    renewal.opened(welcome.getCertificateHoldsMillis(), certificate.life());
    request.drainHandler(v -> pump());
    heartbeatTimer = vertx.setPeriodic(0, settings.timings().heartbeat().toMillis(), id -> beat());
    owner.opened(LinkFailure.shown(welcome.getCollector()), LinkFailure.shown(welcome.getStream()));
    pump();
  }

  private void refused(Refusal refusal) {
    Kind kind =
        switch (refusal.getReason()) {
          case REASON_PROTOCOL -> Kind.PROTOCOL;
          case REASON_CERTIFICATE, REASON_CERTIFICATE_EXPIRED, REASON_CERTIFICATE_REVOKED ->
              Kind.CERTIFICATE_REFUSED;
          case REASON_UNKNOWN_HOST -> Kind.UNKNOWN_HOST;
          case REASON_BAD_MESSAGE -> Kind.BAD_MESSAGE;
          case REASON_REPLACED -> Kind.REPLACED;
          case REASON_GAP -> Kind.GAP;
          case REASON_NOT_READY, REASON_UNSPECIFIED, UNRECOGNIZED -> Kind.NOT_READY;
        };
    String brief =
        switch (refusal.getReason()) {
          case REASON_CERTIFICATE -> "this host's certificate was refused";
          case REASON_CERTIFICATE_EXPIRED -> "this host's certificate has expired";
          case REASON_CERTIFICATE_REVOKED -> "this host's certificate was revoked";
          case REASON_UNKNOWN_HOST -> "no collector knows this host";
          default -> "";
        };
    end(
        new LinkFailure(
            kind,
            address.toString(),
            "the collector refused ("
                + refusal.getReason()
                + "): "
                + LinkFailure.shown(refusal.getMessage()),
            brief));
  }

  private void acknowledged(EventAck ack) {
    if (sender.acknowledged(ack)) {
      pump();
    } else {
      end(Kind.BAD_MESSAGE, "the collector acknowledged events of a spool that is not this one");
    }
  }

  private void requireAsked(boolean asked) {
    if (!asked) {
      end(Kind.BAD_MESSAGE, "the collector answered a request that was not made");
    }
  }

  /** Sends what the spool has and the window takes. */
  void pump() {
    try {
      if (isOpen() && !sender.isOfThisSpool()) {
        end(Kind.LOCAL, "the spool began anew under another name, and so does the stream");
        return;
      }
      while (isOpen() && !request.writeQueueFull() && sender.sendSome()) {
        allowance.earn(1);
      }
    } catch (RuntimeException e) {
      LOG.error("the spool's events cannot be sent", e);
      end(Kind.LOCAL, "the spool's events cannot be sent: " + e);
    }
  }

  private void beat() {
    long silentNanos = System.nanoTime() - heardAt;
    if (silentNanos > settings.timings().silence().toNanos()) {
      end(Kind.SILENT, "nothing came from the collector for too long; it may be cut off");
      return;
    }
    ping();
    allowance.earn(Allowance.PER_HEARTBEAT);
    if (!request.writeQueueFull()) {
      send(
          AgentMessage.newBuilder().setHeartbeat(HeartbeatWriter.write(facts.heartbeat())).build());
    }
    pump();
  }

  /** The other end's HTTP/2 layer answers a ping also while it reads no messages. */
  private void ping() {
    if (pinging) {
      return;
    }
    pinging = true;
    request
        .connection()
        .ping(Buffer.buffer(new byte[PING_BYTES]))
        .onSuccess(
            v -> {
              pinging = false;
              heardAt = System.nanoTime();
            });
  }

  private void send(AgentMessage message) {
    if (!ended) {
      request.write(message).onFailure(this::end);
    }
  }

  private boolean isOpen() {
    return !ended && openedAt.isPresent();
  }

  private void end(Throwable failure) {
    end(FailureReader.read(address.toString(), failure));
  }

  private void end(Kind kind, String message) {
    end(new LinkFailure(kind, address.toString(), message));
  }

  private void end(LinkFailure failure) {
    if (ended) {
      return;
    }
    close();
    Duration open =
        openedAt.isPresent()
            ? Duration.ofNanos(System.nanoTime() - openedAt.getAsLong())
            : Duration.ZERO;
    owner.ended(explained(failure), open);
  }

  /** A collector's alert does not say what is wrong with a certificate; this host may know. */
  private LinkFailure explained(LinkFailure failure) {
    boolean certificateMayBeWhy =
        failure.kind() == Kind.CERTIFICATE_REFUSED
            || (failure.kind() == Kind.CLOSED && openedAt.isEmpty());
    if (!certificateMayBeWhy) {
      return failure;
    }
    if (certificate.problem().isEmpty()) {
      return failure.message().contains("alert")
          ? new LinkFailure(
              failure.kind(), failure.collector(), failure.message() + LOOKS_GOOD, failure.brief())
          : failure;
    }
    return new LinkFailure(
        Kind.OWN_CERTIFICATE,
        failure.collector(),
        certificate.problem().get().message() + "; " + failure.message(),
        certificate.problem().get().brief());
  }

  private void release() {
    vertx.cancelTimer(openingTimer);
    vertx.cancelTimer(heartbeatTimer);
    renewal.stop();
    if (request != null) {
      request.cancel();
    }
    client.close().onFailure(e -> LOG.debug("closing the connection to {}: {}", address, e));
  }
}
