package io.holdfast.collector.link;

import com.google.protobuf.ByteString;
import io.holdfast.core.trust.DeniedException;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.RenewalRefused;
import io.holdfast.proto.agent.v1.RenewalRefused.Reason;
import io.holdfast.proto.agent.v1.RenewalRequest;
import io.holdfast.proto.agent.v1.Renewed;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the certificate of a stream's host; the stream goes on, whatever comes of it. */
final class StreamRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRenewal.class);

  private final AgentStream stream;
  private final StreamCredential credential;
  private final LinkHandler handler;
  private final RefusalLog refusals;
  private boolean asked;

  StreamRenewal(
      AgentStream stream, StreamCredential credential, LinkHandler handler, RefusalLog refusals) {
    this.stream = stream;
    this.credential = credential;
    this.handler = handler;
    this.refusals = refusals;
  }

  void ask(RenewalRequest request) {
    if (asked) {
      refuse(Reason.REASON_TOO_MANY, "the request before it is not answered yet");
      return;
    }
    asked = true;
    stream.whenDone(
        handler.renew(
            credential.host(),
            credential.newest(),
            request.getPublicKey().toByteArray(),
            request.getProof().toByteArray()),
        (chain, failure) -> {
          asked = false;
          if (failure == null) {
            renewed(chain);
          } else {
            refuse(reason(failure), AgentStream.reasonOf(failure));
          }
        });
  }

  private void renewed(List<X509Certificate> chain) {
    try {
      credential.renewed(chain.getFirst());
      Renewed.Builder answer =
          Renewed.newBuilder().setHoldsMillis(credential.newest().holdsFor(handler.wallMillis()));
      for (X509Certificate certificate : chain) {
        answer.addChain(ByteString.copyFrom(certificate.getEncoded()));
      }
      stream.send(CollectorMessage.newBuilder().setRenewed(answer).build());
      LOG.info(
          "stream {}: the certificate is renewed, {} until {}",
          stream.facts().id(),
          credential.newest(),
          Instant.ofEpochMilli(credential.newest().notAfterWallMillis()));
      stream.renewed();
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of this very collector", e);
    }
  }

  private void refuse(Reason reason, String message) {
    refusals.say(
        "the certificate of " + credential.host() + " is not renewed (" + reason + "): " + message,
        System.nanoTime());
    stream.send(
        CollectorMessage.newBuilder()
            .setRenewalRefused(RenewalRefused.newBuilder().setReason(reason).setMessage(message))
            .build());
  }

  private static Reason reason(Throwable failure) {
    if (!(failure instanceof DeniedException denied)) {
      return Reason.REASON_NOT_READY;
    }
    return switch (denied.why()) {
      case NO_AUTHORITY -> Reason.REASON_NO_AUTHORITY;
      case TOO_MANY -> Reason.REASON_TOO_MANY;
      case REJECTED -> Reason.REASON_REVOKED;
      case WRONG_TOKEN, EXPIRED_TOKEN, USED_TOKEN, OTHER_HOST, INVALID -> Reason.REASON_BAD_REQUEST;
    };
  }
}
