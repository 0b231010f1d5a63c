package io.holdfast.collector.app;

import io.holdfast.collector.api.Renewals;
import io.holdfast.collector.api.TrustSink;
import io.holdfast.collector.link.AgentStreams;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.core.trust.TrustAnswer.Denial;
import io.holdfast.core.trust.TrustChange.CertificateIssued;
import io.holdfast.core.trust.TrustRequest;
import io.holdfast.core.trust.TrustRequest.Draft;
import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.SigningAuthority;
import io.holdfast.pki.Validity;
import io.holdfast.wire.CertificateFacts;
import io.holdfast.wire.EnrolmentToken;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Signs certificates: what is asked is proved, decided and recorded, and only then signed, so that
 * the ledger knows every certificate that anybody has. Its methods may be called from any thread.
 */
final class Issuer implements TrustSink {
  /** What one renewal may take of a collector when a whole fleet is to renew. */
  private static final long RENEWAL_MILLIS = 50;

  private static final long RENEWALS_WITHIN_MILLIS = Duration.ofHours(1).toMillis();

  private final Context context;
  private final Desk desk;
  private final Optional<SigningAuthority> authority;
  private final Duration lifetime;
  private final LongAdder issued = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * An issuer that decides on the loop of {@code context}.
   *
   * @param authority empty: it signs nothing
   */
  Issuer(Context context, Desk desk, Optional<SigningAuthority> authority, Duration lifetime) {
    this.context = context;
    this.desk = desk;
    this.authority = authority;
    this.lifetime = lifetime;
  }

  /** Certificates that were issued since the start. */
  long issued() {
    return issued.sum();
  }

  /** Requests for one that were refused since the start. */
  long refused() {
    return refused.sum();
  }

  @Override
  public Future<TrustAnswer> decide(TrustRequest request) {
    return onLoop(() -> desk.ask(request));
  }

  @Override
  public Future<List<X509Certificate>> enrol(
      String host, String token, byte[] publicKey, byte[] proof) {
    String hash = new EnrolmentToken(token).sha256();
    return forHost(
        KeyProof.ENROLMENT,
        host,
        publicKey,
        proof,
        draft -> new TrustRequest.Enrolment(host, hash, draft));
  }

  /** The next certificate of a host that showed this one. */
  Future<List<X509Certificate>> renew(
      String host, PresentedCertificate shown, byte[] publicKey, byte[] proof) {
    return forHost(
        KeyProof.RENEWAL,
        host,
        publicKey,
        proof,
        draft -> new TrustRequest.Renewal(host, shown, draft));
  }

  /** Has hosts of these streams renew; the fewer, the sooner. */
  Renewals renewals(AgentStreams streams) {
    return host -> {
      requireAuthority();
      List<String> hosts =
          streams.connectedHosts().stream()
              .filter(name -> host.map(name::equals).orElse(true))
              .sorted()
              .toList();
      long within = Math.min(RENEWALS_WITHIN_MILLIS, (hosts.size() - 1) * RENEWAL_MILLIS);
      hosts.forEach(name -> streams.askToRenew(name, within));
      return new Renewals.Asked(hosts, Math.max(0, within));
    };
  }

  /** This collector's own certificate, for a key that it made. */
  Future<List<X509Certificate>> own(String collector, List<String> addresses, PublicKey key) {
    return issue(
        draft -> new TrustRequest.OwnCertificate(collector, draft),
        (signing, serial, validity) ->
            signing.collector(collector, addresses, key, serial, validity));
  }

  private Future<List<X509Certificate>> forHost(
      KeyProof purpose,
      String host,
      byte[] publicKey,
      byte[] proof,
      Function<Draft, TrustRequest> request) {
    return blocking(() -> purpose.verify(host, publicKey, proof))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof GeneralSecurityException
                        ? new DeniedException(Denial.INVALID, String.valueOf(failure.getMessage()))
                        : failure))
        .compose(
            key ->
                issue(
                    request,
                    (signing, serial, validity) -> signing.host(host, key, serial, validity)))
        .onFailure(failure -> refused.increment());
  }

  private interface Signing {
    X509Certificate by(SigningAuthority authority, BigInteger serial, Validity validity);
  }

  private Future<List<X509Certificate>> issue(
      Function<Draft, TrustRequest> request, Signing signing) {
    SigningAuthority signer;
    try {
      signer = requireAuthority();
    } catch (DeniedException e) {
      return Future.failedFuture(e);
    }
    BigInteger serial = CertificateAuthority.newSerial();
    Draft draft =
        new Draft(
            CertificateFacts.serial(serial), lifetime.toMillis(), signer.ends().toEpochMilli());
    return decide(request.apply(draft))
        .compose(
            answer ->
                switch (answer) {
                  case TrustAnswer.Granted granted ->
                      blocking(() -> sign(signer, signing, serial, granted.certificate()));
                  case TrustAnswer.Denied denied ->
                      Future.failedFuture(new DeniedException(denied.why(), denied.message()));
                  case TrustAnswer.TokenMade other -> throw unexpected(other);
                  case TrustAnswer.Revoked other -> throw unexpected(other);
                });
  }

  private SigningAuthority requireAuthority() throws DeniedException {
    return authority.orElseThrow(
        () ->
            new DeniedException(
                Denial.NO_AUTHORITY,
                "this collector has no section authority in its collector.yaml, so it signs no"
                    + " certificates"));
  }

  private List<X509Certificate> sign(
      SigningAuthority signer, Signing signing, BigInteger serial, CertificateIssued recorded) {
    Validity validity =
        new Validity(
            Instant.ofEpochMilli(recorded.wallMillis()).minus(SigningAuthority.CLOCK_SLACK),
            Instant.ofEpochMilli(recorded.notAfterWallMillis()));
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(signing.by(signer, serial, validity));
    chain.addAll(signer.chain());
    issued.increment();
    return chain;
  }

  private static IllegalStateException unexpected(TrustAnswer answer) {
    return new IllegalStateException("an answer to another request: " + answer);
  }

  private <T> Future<T> blocking(Callable<T> work) {
    return onLoop(() -> context.executeBlocking(work, false));
  }

  private interface Start<T> {
    Future<T> run();
  }

  private <T> Future<T> onLoop(Start<T> start) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> start.run().onComplete(done));
    return done.future();
  }
}
