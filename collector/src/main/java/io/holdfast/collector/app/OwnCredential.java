package io.holdfast.collector.app;

import io.holdfast.pki.SigningAuthority;
import io.holdfast.planfile.config.AuthorityConfig;
import io.holdfast.planfile.config.CollectorConfig;
import io.holdfast.wire.PeerIdentity;
import io.holdfast.wire.pem.CredentialFile;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's own certificate, which it makes when there is none that will do, and renews at
 * half of its life.
 */
final class OwnCredential {
  private static final Logger LOG = LoggerFactory.getLogger(OwnCredential.class);
  private static final Integer URI_TYPE = 6;
  private static final long LOOK_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long NOT_LEADING_MILLIS = 200;

  private final Context context;
  private final CollectorConfig config;
  private final AuthorityConfig settings;
  private final SigningAuthority authority;
  private final Issuer issuer;
  private final CredentialFile file;
  private final Runnable replaced;
  private boolean warned;

  /**
   * Does nothing yet.
   *
   * @param replaced called on the loop when there is a new one
   */
  OwnCredential(
      Context context,
      CollectorConfig config,
      AuthorityConfig settings,
      SigningAuthority authority,
      Issuer issuer,
      Runnable replaced) {
    this.context = context;
    this.config = config;
    this.settings = settings;
    this.authority = authority;
    this.issuer = issuer;
    this.file = new CredentialFile(config.tls().certificate());
    this.replaced = replaced;
  }

  /**
   * Done when there is one that will do: the ports cannot be opened before.
   *
   * @param leads whether the ledger takes decisions here; until then it is waited for
   */
  Future<Void> ready(Supplier<Boolean> leads) {
    return context
        .executeBlocking(this::reasonToMakeOne)
        .compose(
            reason ->
                reason.isEmpty()
                    ? Future.succeededFuture()
                    : whenLeading(leads).compose(leading -> make(reason.get())));
  }

  private Future<Void> whenLeading(Supplier<Boolean> leads) {
    Promise<Void> promise = Promise.promise();
    context
        .owner()
        .setPeriodic(
            1,
            NOT_LEADING_MILLIS,
            id -> {
              if (leads.get()) {
                context.owner().cancelTimer(id);
                promise.tryComplete();
              }
            });
    return promise.future();
  }

  /** Looks from time to time whether it is to be renewed; the timer's id. */
  long watch() {
    return context.owner().setPeriodic(LOOK_MILLIS, id -> look());
  }

  private void look() {
    warnOfTheEnd();
    Future<Boolean> ignored =
        renewed()
            .onSuccess(
                made -> {
                  if (made) {
                    replaced.run();
                  }
                });
  }

  /** Renews it if it is time; whether there is a new one. What fails is said, and no failure. */
  Future<Boolean> renewed() {
    return context
        .executeBlocking(this::reasonToMakeOne)
        .compose(
            reason ->
                reason.isEmpty()
                    ? Future.succeededFuture(false)
                    : make(reason.get()).map(done -> true))
        .otherwise(
            e -> {
              LOG.error("this collector's certificate is not renewed: {}", e.toString());
              return false;
            });
  }

  private void warnOfTheEnd() {
    Duration left = Duration.between(Instant.now(), authority.ends());
    if (left.compareTo(SigningAuthority.NEAR_ITS_END) < 0 && !warned) {
      warned = true;
      LOG.warn(
          "the authority {} ends on {}: nothing that it signs holds longer; have the root sign a"
              + " new one",
          settings.certificate(),
          authority.ends());
    }
  }

  private Future<Void> make(String reason) {
    LOG.info("this collector makes itself a certificate: {}", reason);
    KeyPair key = KeyProof.newKey();
    return issuer
        .own(config.name(), settings.addresses(), key.getPublic())
        .compose(
            chain ->
                context.executeBlocking(
                    () -> {
                      file.replace(chain, key.getPrivate());
                      return null;
                    }));
  }

  /** Empty: the one on disk will do. */
  private Optional<String> reasonToMakeOne() throws IOException {
    List<X509Certificate> chain;
    try {
      chain = file.certificates();
    } catch (NoSuchFileException e) {
      return Optional.of("there is none in " + file.file());
    }
    X509Certificate own = chain.getFirst();
    Instant ends = own.getNotAfter().toInstant();
    Duration life = Duration.between(own.getNotBefore().toInstant(), ends);
    boolean longerOneCanBeHad = ends.plusSeconds(1).isBefore(authority.ends());
    Instant now = Instant.now();
    if (now.isAfter(ends.minus(life.dividedBy(2))) && (longerOneCanBeHad || now.isAfter(ends))) {
      return Optional.of("the one in " + file.file() + " holds only until " + ends);
    }
    if (!authority.signed(own)) {
      return Optional.of("the one in " + file.file() + " is not of this authority");
    }
    return namesMatch(own)
        ? Optional.empty()
        : Optional.of("the one in " + file.file() + " has another name or other addresses");
  }

  private boolean namesMatch(X509Certificate own) {
    try {
      Set<String> addresses =
          own.getSubjectAlternativeNames().stream()
              .filter(name -> !URI_TYPE.equals(name.get(0)))
              .map(name -> plain(String.valueOf(name.get(1))))
              .collect(Collectors.toSet());
      return PeerIdentity.of(own).equals(new PeerIdentity.CollectorIdentity(config.name()))
          && addresses.equals(
              settings.addresses().stream().map(OwnCredential::plain).collect(Collectors.toSet()));
    } catch (CertificateException e) {
      return false;
    }
  }

  /** An IPv6 address can be written in several ways. */
  private static String plain(String address) {
    try {
      return address.contains(":") ? InetAddress.getByName(address).getHostAddress() : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
