package io.holdfast.core.trust;

import io.holdfast.core.trust.TrustAnswer.Denial;
import io.holdfast.core.trust.TrustAnswer.Denied;
import io.holdfast.core.trust.TrustChange.Cause;
import io.holdfast.core.trust.TrustChange.CertificateIssued;
import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustChange.TokenIssued;
import io.holdfast.core.trust.TrustChange.TokenUsed;
import io.holdfast.core.trust.TrustRequest.Draft;
import io.holdfast.core.trust.TrustRequest.Enrolment;
import io.holdfast.core.trust.TrustRequest.NewToken;
import io.holdfast.core.trust.TrustRequest.OwnCertificate;
import io.holdfast.core.trust.TrustRequest.Renewal;
import io.holdfast.core.trust.TrustRequest.Revocation;
import io.holdfast.core.trust.TrustState.Certificate;
import io.holdfast.core.trust.TrustState.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides who gets a token or a certificate. Pure: the same arguments give the same decision. */
public final class TrustDesk {
  /** A token holds at least as long. */
  public static final long TOKEN_SHORTEST_MILLIS = Duration.ofMinutes(1).toMillis();

  /** A token holds at most as long. */
  public static final long TOKEN_LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  /** A token holds as long unless another time is asked for. */
  public static final long TOKEN_USUAL_MILLIS = Duration.ofMinutes(15).toMillis();

  /** Certificates of one identity that hold at the same time; an honest host has two. */
  static final int HOLDING_MAX = 16;

  static final int TOKENS_MAX = 1_000;
  static final int REVOCATIONS_MAX = 10_000;

  private TrustDesk() {}

  /**
   * One decision.
   *
   * @param state with everything decided before
   * @param now the leader's wall clock, in milliseconds
   */
  public static TrustDecision decide(TrustState state, TrustRequest request, long now) {
    return switch (request) {
      case NewToken asked -> token(state, asked, now);
      case Enrolment asked -> enrol(state, asked, now);
      case Renewal asked -> renew(state, asked, now);
      case OwnCertificate asked ->
          issue(collector(asked.collector()), asked.draft(), Cause.ITSELF, now);
      case Revocation asked -> revoke(state, asked, now);
    };
  }

  /** The URI of a host's certificate. */
  public static String host(String name) {
    return "holdfast://host/" + name;
  }

  /** The URI of a collector's certificate. */
  public static String collector(String name) {
    return "holdfast://collector/" + name;
  }

  private static TrustDecision token(TrustState state, NewToken asked, long now) {
    if (asked.validMillis() < TOKEN_SHORTEST_MILLIS || asked.validMillis() > TOKEN_LONGEST_MILLIS) {
      return denied(Denial.INVALID, "a token holds for 1m to 24h");
    }
    long open =
        state.tokens().values().stream()
            .filter(token -> token.usedWallMillis().isEmpty() && !token.isExpired(now))
            .count();
    if (open >= TOKENS_MAX) {
      return denied(Denial.TOO_MANY, "there are " + open + " open tokens already; wait");
    }
    TokenIssued issued =
        new TokenIssued(
            asked.sha256(), asked.host(), now, now + asked.validMillis(), asked.operator());
    return new TrustDecision(
        List.of(issued), new TrustAnswer.TokenMade(asked.host(), issued.expiresWallMillis()));
  }

  private static TrustDecision enrol(TrustState state, Enrolment asked, long now) {
    String remedy = "make a new one with: holdfast certificates token " + asked.host();
    Optional<Token> found = find(state, asked.sha256());
    if (found.isEmpty()) {
      return denied(
          Denial.WRONG_TOKEN,
          "the token is not one of this cluster, or the host was revoked since; " + remedy);
    }
    Token token = found.get();
    if (token.usedWallMillis().isPresent()) {
      return denied(
          Denial.USED_TOKEN,
          "the token was used on "
              + Instant.ofEpochMilli(token.usedWallMillis().getAsLong())
              + "; if that was not you, first: holdfast certificates revoke "
              + token.issued().host()
              + "; then "
              + remedy);
    }
    if (token.isExpired(now)) {
      return denied(
          Denial.EXPIRED_TOKEN,
          "the token expired on "
              + Instant.ofEpochMilli(token.issued().expiresWallMillis())
              + "; "
              + remedy);
    }
    if (!token.issued().host().equals(asked.host())) {
      return denied(
          Denial.OTHER_HOST,
          "the token is for host "
              + token.issued().host()
              + ", and this is "
              + asked.host()
              + "; "
              + remedy);
    }
    Optional<TrustDecision> full = tooMany(state, asked.host(), now);
    if (full.isPresent()) {
      return full.get();
    }
    TrustDecision grant = issue(host(asked.host()), asked.draft(), Cause.ENROLMENT, now);
    return new TrustDecision(
        List.of(new TokenUsed(asked.sha256(), now), grant.changes().getFirst()), grant.answer());
  }

  private static TrustDecision renew(TrustState state, Renewal asked, long now) {
    Optional<Rejection> rejection = state.rejection(asked.presented(), now);
    if (rejection.isPresent()) {
      return denied(Denial.REJECTED, rejection.get().message());
    }
    return tooMany(state, asked.host(), now)
        .orElseGet(() -> issue(host(asked.host()), asked.draft(), Cause.RENEWAL, now));
  }

  private static Optional<TrustDecision> tooMany(TrustState state, String host, long now) {
    List<Certificate> holding = state.holding(host(host), now).toList();
    if (holding.size() < HOLDING_MAX) {
      return Optional.empty();
    }
    long first =
        holding.stream().mapToLong(each -> each.issued().notAfterWallMillis()).min().orElse(now);
    return Optional.of(
        denied(
            Denial.TOO_MANY,
            "host "
                + host
                + " has "
                + holding.size()
                + " certificates that hold, the first until "
                + Instant.ofEpochMilli(first)
                + "; is its certificate file not written? To make room: holdfast certificates"
                + " revoke "
                + host));
  }

  private static TrustDecision issue(String identity, Draft draft, Cause cause, long now) {
    long end = Math.min(now + draft.lifetimeMillis(), draft.latestEndWallMillis());
    if (end <= now) {
      return denied(
          Denial.INVALID,
          "the authority's own certificate ended on "
              + Instant.ofEpochMilli(draft.latestEndWallMillis()));
    }
    CertificateIssued issued = new CertificateIssued(draft.serial(), identity, now, end, cause);
    return new TrustDecision(List.of(issued), new TrustAnswer.Granted(issued));
  }

  private static TrustDecision revoke(TrustState state, Revocation asked, long now) {
    int concerned =
        (int)
            state.certificates().values().stream()
                .filter(
                    each -> each.holds(now) && TrustState.concerns(asked.target(), each.issued()))
                .count();
    boolean known =
        switch (asked.target()) {
          case RevocationTarget.Serial one -> state.serials().containsKey(one.serial());
          case RevocationTarget.Identity all -> state.identities().containsKey(all.identity());
        };
    // What was issued for an identity since then is concerned too, so that is recorded again.
    if (known && asked.target() instanceof RevocationTarget.Serial) {
      return new TrustDecision(List.of(), new TrustAnswer.Revoked(0, false));
    }
    if (!known && state.serials().size() + state.identities().size() >= REVOCATIONS_MAX) {
      return denied(
          Denial.TOO_MANY,
          "there are " + REVOCATIONS_MAX + " revocations already; change the authority instead");
    }
    return new TrustDecision(
        List.of(new CertificatesRevoked(asked.target(), now, asked.reason(), asked.operator())),
        new TrustAnswer.Revoked(concerned, true));
  }

  /** Looks at every token and at every digit, so that the time taken tells nothing. */
  private static Optional<Token> find(TrustState state, String sha256) {
    Optional<Token> found = Optional.empty();
    for (Token token : state.tokens().values()) {
      if (same(token.issued().sha256(), sha256)) {
        found = Optional.of(token);
      }
    }
    return found;
  }

  private static boolean same(String one, String other) {
    int different = one.length() ^ other.length();
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      different |= one.charAt(i) ^ other.charAt(i);
    }
    return different == 0;
  }

  private static TrustDecision denied(Denial why, String message) {
    return new TrustDecision(List.of(), new Denied(why, message));
  }
}
