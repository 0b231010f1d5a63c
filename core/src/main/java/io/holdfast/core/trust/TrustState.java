package io.holdfast.core.trust;

import io.holdfast.core.trust.TrustChange.CertificateIssued;
import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustChange.TokenIssued;
import io.holdfast.core.trust.TrustChange.TokenUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the ledger says of tokens and certificates, immutable.
 *
 * @param tokens by the hash of their text; a day after their end they are forgotten
 * @param certificates by serial; a day after their end they are forgotten, with what revoked them
 * @param serials revoked ones
 * @param identities of which everything up to then is revoked
 */
public record TrustState(
    SortedMap<String, Token> tokens,
    SortedMap<String, Certificate> certificates,
    SortedMap<String, CertificatesRevoked> serials,
    SortedMap<String, CertificatesRevoked> identities) {

  /** Before the first change. */
  public static final TrustState EMPTY =
      new TrustState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

  /** Makes the maps unmodifiable; the caller hands them over. */
  public TrustState {
    tokens = Collections.unmodifiableSortedMap(tokens);
    certificates = Collections.unmodifiableSortedMap(certificates);
    serials = Collections.unmodifiableSortedMap(serials);
    identities = Collections.unmodifiableSortedMap(identities);
  }

  /**
   * A token.
   *
   * @param usedWallMillis empty: not used
   */
  public record Token(TokenIssued issued, OptionalLong usedWallMillis) {

    /** Whether it is of no use by then because its time is over. */
    public boolean isExpired(long wallMillis) {
      return wallMillis >= issued.expiresWallMillis();
    }
  }

  /**
   * A certificate that this cluster issued.
   *
   * @param revoked empty: not revoked
   */
  public record Certificate(CertificateIssued issued, Optional<CertificatesRevoked> revoked) {

    /** Whether it is good by then. */
    public boolean holds(long wallMillis) {
      return revoked.isEmpty() && wallMillis < issued.notAfterWallMillis();
    }
  }

  /** Whether nothing was ever recorded, or all of it is forgotten. */
  public boolean isEmpty() {
    return tokens.isEmpty() && certificates.isEmpty() && serials.isEmpty() && identities.isEmpty();
  }

  /** The certificates of that identity that hold by then. */
  public Stream<Certificate> holding(String identity, long wallMillis) {
    return certificates.values().stream()
        .filter(each -> each.issued().identity().equals(identity) && each.holds(wallMillis));
  }

  /** Why that certificate is not accepted by then; empty: it is. */
  public Optional<Rejection> rejection(PresentedCertificate shown, long wallMillis) {
    Optional<CertificatesRevoked> revoked = revocation(shown);
    if (revoked.isPresent()) {
      return Optional.of(new Rejection(Rejection.Kind.REVOKED, told(shown, revoked.get())));
    }
    return shown.holdsFor(wallMillis) > 0
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Rejection.Kind.EXPIRED,
                "the certificate of "
                    + shown
                    + " expired on "
                    + Instant.ofEpochMilli(shown.notAfterWallMillis())));
  }

  private Optional<CertificatesRevoked> revocation(PresentedCertificate shown) {
    if (serials.isEmpty() && identities.isEmpty()) {
      return Optional.empty();
    }
    Certificate known = certificates.get(shown.serial());
    if (known != null && known.issued().identity().equals(shown.identity())) {
      return known.revoked();
    }
    return Optional.ofNullable(serials.get(shown.serial()))
        .or(
            () ->
                Optional.ofNullable(identities.get(shown.identity()))
                    .filter(all -> shown.notBeforeWallMillis() <= all.wallMillis()));
  }

  private static String told(PresentedCertificate shown, CertificatesRevoked revoked) {
    return "the certificate of "
        + shown
        + " was revoked on "
        + Instant.ofEpochMilli(revoked.wallMillis())
        + " by "
        + revoked.operator()
        + (revoked.reason().isEmpty() ? "" : ": " + revoked.reason());
  }

  /** The state after {@code change}. */
  public TrustState apply(TrustChange change) {
    return switch (change) {
      case TokenIssued issued -> withToken(issued);
      case TokenUsed used -> withUse(used);
      case CertificateIssued issued -> withCertificate(issued);
      case CertificatesRevoked revoked -> withRevocation(revoked);
    };
  }

  private TrustState withToken(TokenIssued issued) {
    SortedMap<String, Token> next = new TreeMap<>(tokens);
    next.values()
        .removeIf(old -> old.issued().expiresWallMillis() + KEPT_MILLIS < issued.wallMillis());
    next.put(issued.sha256(), new Token(issued, OptionalLong.empty()));
    return new TrustState(next, certificates, serials, identities);
  }

  private TrustState withUse(TokenUsed used) {
    SortedMap<String, Token> next = new TreeMap<>(tokens);
    next.computeIfPresent(
        used.sha256(),
        (hash, token) -> new Token(token.issued(), OptionalLong.of(used.wallMillis())));
    return new TrustState(next, certificates, serials, identities);
  }

  private TrustState withCertificate(CertificateIssued issued) {
    SortedMap<String, Certificate> next = new TreeMap<>(certificates);
    SortedMap<String, CertificatesRevoked> stillRevoked = new TreeMap<>(serials);
    next.values()
        .removeIf(
            old -> {
              boolean over = old.issued().notAfterWallMillis() + KEPT_MILLIS < issued.wallMillis();
              if (over) {
                stillRevoked.remove(old.issued().serial());
              }
              return over;
            });
    next.put(issued.serial(), new Certificate(issued, Optional.empty()));
    return new TrustState(tokens, next, stillRevoked, identities);
  }

  private TrustState withRevocation(CertificatesRevoked revoked) {
    SortedMap<String, Certificate> marked = new TreeMap<>(certificates);
    marked.replaceAll(
        (serial, certificate) ->
            certificate.revoked().isEmpty() && concerns(revoked.target(), certificate.issued())
                ? new Certificate(certificate.issued(), Optional.of(revoked))
                : certificate);
    SortedMap<String, CertificatesRevoked> nextSerials = new TreeMap<>(serials);
    SortedMap<String, CertificatesRevoked> nextIdentities = new TreeMap<>(identities);
    switch (revoked.target()) {
      case RevocationTarget.Serial one -> nextSerials.putIfAbsent(one.serial(), revoked);
      case RevocationTarget.Identity all -> nextIdentities.put(all.identity(), revoked);
    }
    return new TrustState(without(revoked.target()), marked, nextSerials, nextIdentities);
  }

  /** Whoever broke into a host must not come back with a token that was meant for it. */
  private SortedMap<String, Token> without(RevocationTarget target) {
    SortedMap<String, Token> left = new TreeMap<>(tokens);
    if (target instanceof RevocationTarget.Identity all) {
      left.values()
          .removeIf(
              token ->
                  token.usedWallMillis().isEmpty()
                      && TrustDesk.host(token.issued().host()).equals(all.identity()));
    }
    return left;
  }

  static boolean concerns(RevocationTarget target, CertificateIssued issued) {
    return switch (target) {
      case RevocationTarget.Serial one -> one.serial().equals(issued.serial());
      case RevocationTarget.Identity all -> all.identity().equals(issued.identity());
    };
  }
}
