package io.holdfast.core.trust;

/** What somebody wants to be decided. */
public sealed interface TrustRequest {

  /**
   * A token for a host.
   *
   * @param sha256 of the token's text, 64 hexadecimal digits
   * @param validMillis {@link TrustDesk#TOKEN_SHORTEST_MILLIS} to {@link
   *     TrustDesk#TOKEN_LONGEST_MILLIS}
   */
  record NewToken(String host, String sha256, long validMillis, String operator)
      implements TrustRequest {}

  /** A host's first certificate, for a token. */
  record Enrolment(String host, String sha256, Draft draft) implements TrustRequest {}

  /**
   * A host's next certificate.
   *
   * @param presented the one that opened its stream
   */
  record Renewal(String host, PresentedCertificate presented, Draft draft)
      implements TrustRequest {}

  /** A collector's own certificate. */
  record OwnCertificate(String collector, Draft draft) implements TrustRequest {}

  /** Certificates are to be refused from now on. */
  record Revocation(RevocationTarget target, String reason, String operator)
      implements TrustRequest {}

  /**
   * What the certificate shall be like.
   *
   * @param serial hexadecimal, lower case, without leading zeros
   * @param lifetimeMillis positive
   * @param latestEndWallMillis when the authority itself ends
   */
  record Draft(String serial, long lifetimeMillis, long latestEndWallMillis) {}
}
