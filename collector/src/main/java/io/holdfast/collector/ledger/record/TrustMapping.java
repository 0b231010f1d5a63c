package io.holdfast.collector.ledger.record;

import com.google.protobuf.ByteString;
import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustChange;
import io.holdfast.core.trust.TrustChange.Cause;
import io.holdfast.core.trust.TrustChange.CertificateIssued;
import io.holdfast.core.trust.TrustChange.CertificatesRevoked;
import io.holdfast.core.trust.TrustChange.TokenIssued;
import io.holdfast.core.trust.TrustChange.TokenUsed;
import io.holdfast.core.trust.TrustState;
import io.holdfast.proto.ledger.v1.Record;
import io.holdfast.proto.ledger.v1.Trust;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tokens and certificates in entries and snapshots, of feature level {@link #LEVEL}. */
final class TrustMapping {
  /** An older build would lose them, so it must not read what has them. */
  static final int LEVEL = 2;

  private static final HexFormat HEX = HexFormat.of();

  private TrustMapping() {}

  static void to(TrustChange change, Record.Builder record) {
    switch (change) {
      case TokenIssued issued -> record.setTokenIssued(token(issued));
      case TokenUsed used ->
          record.setTokenUsed(
              io.holdfast.proto.ledger.v1.TokenUsed.newBuilder()
                  .setSha256(hash(used.sha256()))
                  .setWallMillis(used.wallMillis()));
      case CertificateIssued issued -> record.setCertificateIssued(certificate(issued));
      case CertificatesRevoked revoked -> record.setCertificatesRevoked(revocation(revoked));
    }
  }

  static TokenUsed used(io.holdfast.proto.ledger.v1.TokenUsed used) {
    return new TokenUsed(hash(used.getSha256()), used.getWallMillis());
  }

  private static io.holdfast.proto.ledger.v1.TokenIssued token(TokenIssued issued) {
    return io.holdfast.proto.ledger.v1.TokenIssued.newBuilder()
        .setSha256(hash(issued.sha256()))
        .setHost(issued.host())
        .setWallMillis(issued.wallMillis())
        .setExpiresWallMillis(issued.expiresWallMillis())
        .setOperator(issued.operator())
        .build();
  }

  static TokenIssued token(io.holdfast.proto.ledger.v1.TokenIssued issued) {
    return new TokenIssued(
        hash(issued.getSha256()),
        issued.getHost(),
        issued.getWallMillis(),
        issued.getExpiresWallMillis(),
        issued.getOperator());
  }

  private static io.holdfast.proto.ledger.v1.CertificateIssued certificate(
      CertificateIssued issued) {
    return io.holdfast.proto.ledger.v1.CertificateIssued.newBuilder()
        .setSerial(issued.serial())
        .setIdentity(issued.identity())
        .setWallMillis(issued.wallMillis())
        .setNotAfterWallMillis(issued.notAfterWallMillis())
        .setCause(
            switch (issued.cause()) {
              case ENROLMENT -> io.holdfast.proto.ledger.v1.CertificateIssued.Cause.CAUSE_ENROLMENT;
              case RENEWAL -> io.holdfast.proto.ledger.v1.CertificateIssued.Cause.CAUSE_RENEWAL;
              case ITSELF -> io.holdfast.proto.ledger.v1.CertificateIssued.Cause.CAUSE_ITSELF;
            })
        .build();
  }

  static CertificateIssued certificate(io.holdfast.proto.ledger.v1.CertificateIssued issued) {
    Cause cause =
        switch (issued.getCause()) {
          case CAUSE_ENROLMENT -> Cause.ENROLMENT;
          case CAUSE_RENEWAL -> Cause.RENEWAL;
          case CAUSE_ITSELF -> Cause.ITSELF;
          case CAUSE_UNSPECIFIED, UNRECOGNIZED ->
              throw new UpgradeNeededException("a certificate issued for an unknown cause");
        };
    return new CertificateIssued(
        issued.getSerial(),
        issued.getIdentity(),
        issued.getWallMillis(),
        issued.getNotAfterWallMillis(),
        cause);
  }

  private static io.holdfast.proto.ledger.v1.CertificatesRevoked revocation(
      CertificatesRevoked revoked) {
    io.holdfast.proto.ledger.v1.CertificatesRevoked.Builder message =
        io.holdfast.proto.ledger.v1.CertificatesRevoked.newBuilder()
            .setWallMillis(revoked.wallMillis())
            .setReason(revoked.reason())
            .setOperator(revoked.operator());
    switch (revoked.target()) {
      case RevocationTarget.Serial one -> message.setSerial(one.serial());
      case RevocationTarget.Identity all -> message.setIdentity(all.identity());
    }
    return message.build();
  }

  static CertificatesRevoked revocation(io.holdfast.proto.ledger.v1.CertificatesRevoked revoked) {
    if (revoked.getSerial().isEmpty() == revoked.getIdentity().isEmpty()) {
      throw new UpgradeNeededException("a revocation of an unknown kind");
    }
    return new CertificatesRevoked(
        revoked.getSerial().isEmpty()
            ? new RevocationTarget.Identity(revoked.getIdentity())
            : new RevocationTarget.Serial(revoked.getSerial()),
        revoked.getWallMillis(),
        revoked.getReason(),
        revoked.getOperator());
  }

  static Trust to(TrustState state) {
    Trust.Builder trust = Trust.newBuilder();
    state
        .tokens()
        .values()
        .forEach(
            token ->
                trust.addTokens(
                    Trust.Token.newBuilder()
                        .setIssued(token(token.issued()))
                        .setUsedWallMillis(token.usedWallMillis().orElse(0))));
    state
        .certificates()
        .values()
        .forEach(
            each -> {
              Trust.Certificate.Builder message =
                  Trust.Certificate.newBuilder().setIssued(certificate(each.issued()));
              each.revoked().ifPresent(revoked -> message.setRevoked(revocation(revoked)));
              trust.addCertificates(message);
            });
    state.serials().values().forEach(each -> trust.addRevocations(revocation(each)));
    state.identities().values().forEach(each -> trust.addRevocations(revocation(each)));
    return trust.build();
  }

  static TrustState from(Trust trust) {
    SortedMap<String, TrustState.Token> tokens = new TreeMap<>();
    for (Trust.Token each : trust.getTokensList()) {
      TokenIssued issued = token(each.getIssued());
      long used = each.getUsedWallMillis();
      tokens.put(
          issued.sha256(),
          new TrustState.Token(issued, used == 0 ? OptionalLong.empty() : OptionalLong.of(used)));
    }
    SortedMap<String, TrustState.Certificate> certificates = new TreeMap<>();
    for (Trust.Certificate each : trust.getCertificatesList()) {
      CertificateIssued issued = certificate(each.getIssued());
      certificates.put(
          issued.serial(),
          new TrustState.Certificate(
              issued,
              each.hasRevoked() ? Optional.of(revocation(each.getRevoked())) : Optional.empty()));
    }
    SortedMap<String, CertificatesRevoked> serials = new TreeMap<>();
    SortedMap<String, CertificatesRevoked> identities = new TreeMap<>();
    for (var each : trust.getRevocationsList()) {
      CertificatesRevoked revoked = revocation(each);
      switch (revoked.target()) {
        case RevocationTarget.Serial one -> serials.put(one.serial(), revoked);
        case RevocationTarget.Identity all -> identities.put(all.identity(), revoked);
      }
    }
    return new TrustState(tokens, certificates, serials, identities);
  }

  private static ByteString hash(String hex) {
    return ByteString.copyFrom(HEX.parseHex(hex));
  }

  private static String hash(ByteString bytes) {
    return HEX.formatHex(bytes.toByteArray());
  }
}
