package io.holdfast.collector.ledger.record;

import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustChange;
import io.holdfast.core.trust.TrustChange.Cause;
import io.holdfast.core.trust.TrustChange.CertificateIssued;
import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustChange.TokenIssued;
import io.holdfast.core.trust.TrustChange.TokenUsed;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Changes of tokens and certificates, about few enough of them that they meet. */
final class TrustChanges {
  private TrustChanges() {}

  static Arbitrary<TrustChange> any() {
    return Arbitraries.oneOf(
        Combinators.combine(hashes(), Arbitraries.of("trade-a", "trade-b"), walls(), walls())
            .as((hash, host, now, end) -> new TokenIssued(hash, host, now, end, "admin")),
        Combinators.combine(hashes(), walls()).as(TokenUsed::new),
        Combinators.combine(serials(), identities(), walls(), walls(), Arbitraries.of(Cause.class))
            .as(CertificateIssued::new),
        Combinators.combine(targets(), walls(), Arbitraries.of("", "stolen"))
            .as((target, now, why) -> new CertificatesRevoked(target, now, why, "admin")));
  }

  private static Arbitrary<RevocationTarget> targets() {
    return Arbitraries.oneOf(
        serials().map(RevocationTarget.Serial::new),
        identities().map(RevocationTarget.Identity::new));
  }

  private static Arbitrary<String> hashes() {
    return Arbitraries.of("00ab", "ff01");
  }

  private static Arbitrary<String> serials() {
    return Arbitraries.of("1", "2a", "3b");
  }

  private static Arbitrary<String> identities() {
    return Arbitraries.of("holdfast://host/trade-a", "holdfast://collector/collector-1");
  }

  /** Far enough apart that some of them are forgotten. */
  private static Arbitrary<Long> walls() {
    return Arbitraries.longs().between(1, 1L << 30);
  }
}
