package io.holdfast.collector.api.grpc;

import com.google.protobuf.ByteString;
import io.holdfast.collector.api.TrustSink;
import io.holdfast.collector.door.QuietLog;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.proto.v1.EnrolRequest;
import io.holdfast.proto.v1.EnrolResponse;
import io.holdfast.proto.v1.Enrolled;
import io.holdfast.proto.v1.EnrolmentGrpcService;
import io.holdfast.proto.v1.EnrolmentRefused;
import io.holdfast.proto.v1.EnrolmentRefused.Reason;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code Enrolment}, the only one that changes something for callers without a name.
 */
final class EnrolmentService {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentService.class);
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int TOKEN_MAX = 128;

  private final TrustSink trust;
  private final Attempts attempts = new Attempts();
  private final QuietLog refusals = new QuietLog(EnrolmentService.class);

  EnrolmentService(TrustSink trust) {
    this.trust = trust;
  }

  void bind(Calls calls) {
    calls.anybody(EnrolmentGrpcService.Enrol, this::enrol);
  }

  private Future<EnrolResponse> enrol(EnrolRequest request, String address) {
    if (!attempts.allows(address, System.nanoTime())) {
      throw new StatusException(
          GrpcStatus.RESOURCE_EXHAUSTED,
          "too many enrolments were tried from this address, or in all; try again in a minute");
    }
    String host = request.getHost();
    if (!HOST.matcher(host).matches() || request.getToken().length() > TOKEN_MAX) {
      throw Limits.invalid("host or token does not have the form of one");
    }
    return trust
        .enrol(
            host,
            request.getToken(),
            request.getPublicKey().toByteArray(),
            request.getProof().toByteArray())
        .map(chain -> enrolled(host, address, chain))
        .recover(failure -> Future.succeededFuture(refused(host, address, failure)));
  }

  private static EnrolResponse enrolled(String host, String address, List<X509Certificate> chain) {
    LOG.info("host {} at {} has enrolled", host, address);
    Enrolled.Builder answer = Enrolled.newBuilder();
    try {
      for (X509Certificate certificate : chain) {
        answer.addChain(ByteString.copyFrom(certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
    return EnrolResponse.newBuilder().setEnrolled(answer).build();
  }

  private EnrolResponse refused(String host, String address, Throwable failure) {
    EnrolmentRefused.Builder answer = EnrolmentRefused.newBuilder();
    if (failure instanceof DeniedException denied) {
      answer.setReason(reason(denied)).setMessage(String.valueOf(denied.getMessage()));
    } else {
      LOG.warn("the enrolment of host {} was not recorded", host, failure);
      answer
          .setReason(Reason.REASON_NOT_READY)
          .setMessage("this collector could not record it; the token is still good, try again");
    }
    refusals.say(
        "the enrolment of host "
            + host
            + " at "
            + address
            + " is refused ("
            + answer.getReason()
            + "): "
            + answer.getMessage(),
        System.nanoTime());
    return EnrolResponse.newBuilder().setRefused(answer).build();
  }

  private static Reason reason(DeniedException denied) {
    return switch (denied.why()) {
      case WRONG_TOKEN -> Reason.REASON_WRONG_TOKEN;
      case EXPIRED_TOKEN -> Reason.REASON_EXPIRED_TOKEN;
      case USED_TOKEN -> Reason.REASON_USED_TOKEN;
      case OTHER_HOST -> Reason.REASON_OTHER_HOST;
      case NO_AUTHORITY -> Reason.REASON_NO_AUTHORITY;
      case TOO_MANY -> Reason.REASON_TOO_MANY;
      case REJECTED, INVALID -> Reason.REASON_BAD_REQUEST;
    };
  }
}
