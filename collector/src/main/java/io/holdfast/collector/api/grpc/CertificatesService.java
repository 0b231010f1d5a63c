package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Caller;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.Renewals;
import io.holdfast.collector.api.TrustSink;
import io.holdfast.core.Moment;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.core.trust.TrustDesk;
import io.holdfast.core.trust.TrustRequest;
import io.holdfast.proto.v1.CertificatesGrpcService;
import io.holdfast.proto.v1.CreateTokenRequest;
import io.holdfast.proto.v1.CreateTokenResponse;
import io.holdfast.proto.v1.ListCertificatesResponse;
import io.holdfast.proto.v1.RenewCertificatesRequest;
import io.holdfast.proto.v1.RenewCertificatesResponse;
import io.holdfast.proto.v1.RevokeCertificatesRequest;
import io.holdfast.proto.v1.RevokeCertificatesResponse;
import io.holdfast.wire.CertificateFacts;
import io.holdfast.wire.EnrolmentToken;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code Certificates}. */
final class CertificatesService {
  private static final Logger LOG = LoggerFactory.getLogger(CertificatesService.class);
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int REASON_MAX = 200;

  private final LedgerSource ledger;
  private final TrustSink trust;
  private final Renewals renewals;
  private final Supplier<Moment> clock;

  CertificatesService(
      LedgerSource ledger, TrustSink trust, Renewals renewals, Supplier<Moment> clock) {
    this.renewals = renewals;
    this.ledger = ledger;
    this.trust = trust;
    this.clock = clock;
  }

  void bind(Calls calls) {
    calls.unary(
        CertificatesGrpcService.ListCertificates,
        Role.ADMIN,
        (request, operator) -> Future.succeededFuture(list()));
    calls.unary(CertificatesGrpcService.CreateToken, Role.ADMIN, this::token);
    calls.unary(CertificatesGrpcService.RevokeCertificates, Role.ADMIN, this::revoke);
    calls.unary(CertificatesGrpcService.RenewCertificates, Role.ADMIN, this::renew);
  }

  private ListCertificatesResponse list() {
    var state = ledger.read().state();
    return CertificateMessages.list(state.trust(), clock.get().wallMillis(), timezone());
  }

  private String timezone() {
    return ledger.read().state().planInForce().map(plan -> plan.system().timezone()).orElse("");
  }

  private Future<CreateTokenResponse> token(CreateTokenRequest request, Caller.Operator operator) {
    String host = host(request.getHost());
    long valid =
        request.getValidMillis() == 0 ? TrustDesk.TOKEN_USUAL_MILLIS : request.getValidMillis();
    if (valid < TrustDesk.TOKEN_SHORTEST_MILLIS || valid > TrustDesk.TOKEN_LONGEST_MILLIS) {
      throw Limits.invalid("valid_millis is " + valid + "; allowed: 60000 to 86400000");
    }
    EnrolmentToken token = EnrolmentToken.fresh();
    return decide(new TrustRequest.NewToken(host, token.sha256(), valid, operator.role().label()))
        .map(
            answer ->
                switch (answer) {
                  case TrustAnswer.TokenMade made -> {
                    LOG.info("a token for host {} was made by {}", host, operator.role().label());
                    yield CreateTokenResponse.newBuilder()
                        .setHost(made.host())
                        .setToken(token.text())
                        .setExpiresWallMillis(made.expiresWallMillis())
                        .setTimezone(timezone())
                        .build();
                  }
                  case TrustAnswer.Granted other -> throw unexpected(other);
                  case TrustAnswer.Revoked other -> throw unexpected(other);
                  case TrustAnswer.Denied denied -> throw denied(denied);
                });
  }

  private Future<RevokeCertificatesResponse> revoke(
      RevokeCertificatesRequest request, Caller.Operator operator) {
    String reason = request.getReason();
    if (reason.length() > REASON_MAX || reason.chars().anyMatch(Character::isISOControl)) {
      throw Limits.invalid("reason is longer than " + REASON_MAX + " characters or not printable");
    }
    RevocationTarget target = target(request);
    return decide(new TrustRequest.Revocation(target, reason, operator.role().label()))
        .map(
            answer ->
                switch (answer) {
                  case TrustAnswer.Revoked revoked -> {
                    LOG.warn("{} revoked {}: {}", operator.role().label(), target, reason);
                    yield RevokeCertificatesResponse.newBuilder()
                        .setCertificates(revoked.certificates())
                        .setChanged(revoked.changed())
                        .build();
                  }
                  case TrustAnswer.Granted other -> throw unexpected(other);
                  case TrustAnswer.TokenMade other -> throw unexpected(other);
                  case TrustAnswer.Denied denied -> throw denied(denied);
                });
  }

  private Future<RenewCertificatesResponse> renew(
      RenewCertificatesRequest request, Caller.Operator operator) {
    Optional<String> host =
        request.getHost().isEmpty() ? Optional.empty() : Optional.of(host(request.getHost()));
    Renewals.Asked asked;
    try {
      asked = renewals.ask(host);
    } catch (DeniedException e) {
      return Future.failedFuture(
          new StatusException(GrpcStatus.FAILED_PRECONDITION, String.valueOf(e.getMessage())));
    }
    if (host.isPresent() && asked.hosts().isEmpty()) {
      return Future.failedFuture(
          new StatusException(
              GrpcStatus.FAILED_PRECONDITION,
              "host "
                  + host.get()
                  + " is not connected to this collector; a host that cannot connect gets a"
                  + " certificate by: holdfast certificates token "
                  + host.get()));
    }
    LOG.info("{} has {} renew their certificates", operator.role().label(), asked.hosts());
    return Future.succeededFuture(
        RenewCertificatesResponse.newBuilder()
            .addAllHosts(asked.hosts())
            .setWithinMillis(asked.withinMillis())
            .build());
  }

  private static RevocationTarget target(RevokeCertificatesRequest request) {
    return switch (request.getTargetCase()) {
      case HOST -> new RevocationTarget.Identity(TrustDesk.host(host(request.getHost())));
      case SERIAL ->
          new RevocationTarget.Serial(
              CertificateFacts.serial(request.getSerial())
                  .orElseThrow(
                      () -> Limits.invalid("serial is no hexadecimal number of 1 to 40 digits")));
      case TARGET_NOT_SET -> throw Limits.invalid("neither host nor serial is given");
    };
  }

  private static String host(String name) {
    if (!HOST.matcher(name).matches()) {
      throw Limits.invalid("host is no name of a-z, 0-9 and '-' of at most 63 characters");
    }
    return name;
  }

  /** Whether it was recorded is not known, and asking again does no harm. */
  private Future<TrustAnswer> decide(TrustRequest request) {
    return trust
        .decide(request)
        .recover(
            failure -> {
              LOG.warn("a request about certificates was not recorded", failure);
              return Future.failedFuture(
                  new StatusException(
                      GrpcStatus.UNAVAILABLE,
                      "this collector could not record it in the ledger; try again"));
            });
  }

  private static StatusException denied(TrustAnswer.Denied denied) {
    return new StatusException(GrpcStatus.FAILED_PRECONDITION, denied.message());
  }

  private static IllegalStateException unexpected(TrustAnswer answer) {
    return new IllegalStateException("an answer to another request: " + answer);
  }
}
