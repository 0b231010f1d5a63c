package io.holdfast.collector.api;

import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustDesk;
import io.holdfast.core.trust.TrustState;
import io.holdfast.core.trust.TrustState.Certificate;
import io.holdfast.proto.v1.HostStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger says of the newest certificate of each identity. Sorted out once per state of the
 * ledger, not for each host of a large fleet.
 */
final class KnownCertificates {
  private static final long LATE = Duration.ofDays(2).toMillis();

  private TrustState state = TrustState.EMPTY;
  private Map<String, Certificate> newest = Map.of();

  /** By that state. */
  synchronized KnownCertificates in(TrustState now) {
    if (now != state) {
      Map<String, Certificate> found = new HashMap<>();
      for (Certificate each : now.certificates().values()) {
        found.merge(
            each.issued().identity(),
            each,
            (one, other) -> one.issued().wallMillis() > other.issued().wallMillis() ? one : other);
      }
      newest = found;
      state = now;
    }
    return this;
  }

  /**
   * Says it of a host.
   *
   * @param streamEnds when the certificate of its stream ends; 0: it has none
   */
  synchronized void tell(String host, long streamEnds, HostStatus.Builder row) {
    String identity = TrustDesk.host(host);
    Optional<Certificate> known = Optional.ofNullable(newest.get(identity));
    long ends =
        streamEnds > 0
            ? streamEnds
            : known.map(each -> each.issued().notAfterWallMillis()).orElse(0L);
    if (ends > 0) {
      row.setCertificateEndsWallMillis(ends)
          .setCertificateLateWallMillis(ends - known.map(KnownCertificates::late).orElse(LATE));
    }
    if (streamEnds == 0) {
      known
          .map(Certificate::revoked)
          .orElseGet(() -> Optional.ofNullable(state.identities().get(identity)))
          .map(CertificatesRevoked::wallMillis)
          .ifPresent(row::setCertificateRevokedWallMillis);
    }
  }

  private static long late(Certificate known) {
    return Math.min(LATE, (known.issued().notAfterWallMillis() - known.issued().wallMillis()) / 3);
  }
}
