package io.holdfast.collector.api.grpc;

import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustState;
import io.holdfast.proto.v1.Certificate;
import io.holdfast.proto.v1.Certificate.Cause;
import io.holdfast.proto.v1.ListCertificatesResponse;
import io.holdfast.proto.v1.Revocation;
import io.holdfast.proto.v1.Token;
import java.util.Comparator;
import java.util.stream.Stream;

/** Tokens, certificates and revocations as operators see them. */
final class CertificateMessages {
  private CertificateMessages() {}

  static ListCertificatesResponse list(TrustState state, long now, String timezone) {
    ListCertificatesResponse.Builder list =
        ListCertificatesResponse.newBuilder().setWallMillis(now).setTimezone(timezone);
    state.certificates().values().stream()
        .filter(each -> each.issued().notAfterWallMillis() > now)
        .map(CertificateMessages::certificate)
        .sorted(
            Comparator.comparing(Certificate::getIdentity)
                .thenComparing(Certificate::getIssuedWallMillis, Comparator.reverseOrder()))
        .forEach(list::addCertificates);
    Stream.concat(state.serials().values().stream(), state.identities().values().stream())
        .sorted(Comparator.comparing(CertificatesRevoked::wallMillis).reversed())
        .map(CertificateMessages::revocation)
        .forEach(list::addRevocations);
    state.tokens().values().stream()
        .map(each -> token(each, now))
        .sorted(Comparator.comparing(Token::getIssuedWallMillis).reversed())
        .forEach(list::addTokens);
    return list.build();
  }

  private static Certificate certificate(TrustState.Certificate each) {
    return Certificate.newBuilder()
        .setSerial(each.issued().serial())
        .setIdentity(each.issued().identity())
        .setIssuedWallMillis(each.issued().wallMillis())
        .setEndsWallMillis(each.issued().notAfterWallMillis())
        .setCause(
            switch (each.issued().cause()) {
              case ENROLMENT -> Cause.CAUSE_ENROLMENT;
              case RENEWAL -> Cause.CAUSE_RENEWAL;
              case ITSELF -> Cause.CAUSE_ITSELF;
            })
        .setRevoked(each.revoked().isPresent())
        .build();
  }

  private static Revocation revocation(CertificatesRevoked each) {
    Revocation.Builder message =
        Revocation.newBuilder()
            .setWallMillis(each.wallMillis())
            .setReason(each.reason())
            .setOperator(each.operator());
    switch (each.target()) {
      case RevocationTarget.Serial one -> message.setSerial(one.serial());
      case RevocationTarget.Identity all -> message.setIdentity(all.identity());
    }
    return message.build();
  }

  private static Token token(TrustState.Token each, long now) {
    return Token.newBuilder()
        .setHost(each.issued().host())
        .setIssuedWallMillis(each.issued().wallMillis())
        .setExpiresWallMillis(each.issued().expiresWallMillis())
        .setOperator(each.issued().operator())
        .setState(
            each.usedWallMillis().isPresent()
                ? Token.State.STATE_USED
                : each.isExpired(now) ? Token.State.STATE_EXPIRED : Token.State.STATE_OPEN)
        .build();
  }
}
