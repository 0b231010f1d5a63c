package io.holdfast.agent.link;

import com.google.protobuf.ByteString;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.RenewalRefused;
import io.holdfast.proto.agent.v1.RenewalRequest;
import io.holdfast.proto.agent.v1.Renewed;
import io.holdfast.wire.pem.CredentialFile;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Context;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the host's certificate renewed over its open stream, at half of its life, with a key that is
 * made here. When that is is counted from what the collector says, so that a wall clock that is
 * wrong here does not matter. Used on one event loop.
 */
final class CertificateRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  /** A fleet whose certificates were made together does not renew them together. */
  private static final double JITTER = 0.05;

  private final Context context;
  private final LinkSettings settings;
  private final Consumer<AgentMessage> send;
  private final LinkListener listener;
  private final BoundedLog log = new BoundedLog(4, LOG::warn);
  private final RandomGenerator random = RandomGenerator.getDefault();
  private Optional<KeyPair> asked = Optional.empty();
  private boolean underWay;
  private long endsAt;
  private long timer = -1;
  private boolean stopped;

  CertificateRenewal(
      Context context, LinkSettings settings, Consumer<AgentMessage> send, LinkListener listener) {
    this.context = context;
    this.settings = settings;
    this.send = send;
    this.listener = listener;
  }

  /**
   * The stream is open.
   *
   * @param holdsMillis what the collector says of the certificate; 0: it does not say
   * @param life of the certificate
   */
  void opened(long holdsMillis, Duration life) {
    if (holdsMillis > 0 && settings.tls().isOneFile()) {
      expect(holdsMillis, life);
    }
  }

  /**
   * An admin wants it renewed.
   *
   * @param withinMillis at a time that this host draws, so that a fleet does not come at once
   */
  void now(long withinMillis) {
    if (!settings.tls().isOneFile()) {
      log.say(
          "an admin wants this host's certificate renewed; certificate and key are in two files,"
              + " so whoever made them has to",
          System.nanoTime());
    } else if (!underWay) {
      in(1 + random.nextLong(Math.clamp(withinMillis, 0, LONGEST_WAIT.toMillis()) + 1));
    }
  }

  void stop() {
    stopped = true;
    context.owner().cancelTimer(timer);
  }

  private void expect(long holdsMillis, Duration life) {
    endsAt = System.nanoTime() + Duration.ofMillis(holdsMillis).toNanos();
    double share = 0.5 + JITTER * (2 * random.nextDouble() - 1);
    long due = holdsMillis - (long) (share * life.toMillis());
    long soon = Math.clamp(life.toMillis() / 1_000, 1, Duration.ofMinutes(10).toMillis());
    in(due > 0 ? due : random.nextLong(soon) + 1);
  }

  private void again() {
    long left = Duration.ofNanos(endsAt - System.nanoTime()).toMillis();
    in(Math.clamp(left / 20, SHORTEST_WAIT.toMillis(), LONGEST_WAIT.toMillis()));
  }

  private void in(long millis) {
    if (!stopped) {
      context.owner().cancelTimer(timer);
      timer = context.owner().setTimer(millis, id -> ask());
    }
  }

  private void ask() {
    underWay = true;
    context
        .executeBlocking(KeyProof::newKey, false)
        .onSuccess(
            key -> {
              if (!stopped) {
                asked = Optional.of(key);
                send.accept(AgentMessage.newBuilder().setRenewalRequest(request(key)).build());
              }
            })
        .onFailure(this::failed);
  }

  private RenewalRequest request(KeyPair key) {
    return RenewalRequest.newBuilder()
        .setPublicKey(ByteString.copyFrom(key.getPublic().getEncoded()))
        .setProof(ByteString.copyFrom(KeyProof.RENEWAL.sign(settings.host(), key)))
        .build();
  }

  /** False: nothing was asked. */
  boolean renewed(Renewed answer) {
    if (asked.isEmpty()) {
      return false;
    }
    KeyPair key = asked.get();
    asked = Optional.empty();
    underWay = false;
    context
        .executeBlocking(() -> store(answer, key), false)
        .onSuccess(
            own -> {
              LOG.info(
                  "this host's certificate is renewed: {} until {}",
                  settings.tls().certificate(),
                  own.getNotAfter().toInstant());
              listener.certificateRenewed(true);
              expect(answer.getHoldsMillis(), OwnCertificate.life(own));
            })
        .onFailure(this::failed);
    return true;
  }

  /** False: nothing was asked. */
  boolean refused(RenewalRefused answer) {
    if (asked.isEmpty()) {
      return false;
    }
    asked = Optional.empty();
    failed(
        new IOException(
            "the collector refused ("
                + answer.getReason()
                + "): "
                + LinkFailure.shown(answer.getMessage())));
    return true;
  }

  private void failed(Throwable e) {
    underWay = false;
    log.say(
        "this host's certificate is not renewed, and holds for another "
            + Duration.ofNanos(Math.max(0, endsAt - System.nanoTime())).toMinutes()
            + " minutes: "
            + e.getMessage()
            + "; trying on",
        System.nanoTime());
    listener.certificateRenewed(false);
    again();
  }

  private X509Certificate store(Renewed answer, KeyPair key)
      throws IOException, CertificateException {
    List<X509Certificate> chain = Certified.chain(answer.getChainList(), settings.host(), key);
    new CredentialFile(settings.tls().certificate()).replace(chain, key.getPrivate());
    return chain.getFirst();
  }
}
