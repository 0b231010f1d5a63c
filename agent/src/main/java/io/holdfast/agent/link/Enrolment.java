package io.holdfast.agent.link;

import com.google.protobuf.ByteString;
import io.holdfast.agent.link.EnrolmentException.Kind;
import io.holdfast.proto.v1.EnrolRequest;
import io.holdfast.proto.v1.EnrolResponse;
import io.holdfast.proto.v1.EnrolmentGrpcClient;
import io.holdfast.wire.pem.CredentialFile;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets a host its first certificate for a one-time token. The key is made here and leaves the host
 * never; who answers must be a collector by the CA that this host trusts.
 *
 * @param host its name, as in {@code agent.yaml} and in the token
 * @param tls certificate and key must be one file
 */
public record Enrolment(String host, TlsFiles tls) {
  private static final int SECONDS = 20;

  /**
   * Refuses to replace a certificate that is good for long, or another host's.
   *
   * @throws EnrolmentException that says so
   */
  public void requireNeeded(Instant now) throws EnrolmentException {
    if (!tls.isOneFile()) {
      throw new EnrolmentException(
          Kind.HERE,
          "tls.certificate and tls.key of agent.yaml must name the same file: it is replaced as a"
              + " whole");
    }
    Optional<X509Certificate> own = present();
    if (own.isEmpty()) {
      return;
    }
    String file = tls.certificate().toString();
    Instant ends = own.get().getNotAfter().toInstant();
    if (ends.isAfter(now) && !Certified.is(own.get(), host)) {
      throw new EnrolmentException(
          Kind.HERE, file + " holds a certificate of somebody else; with --again it is replaced");
    }
    if (ends.minus(OwnCertificate.life(own.get()).dividedBy(2)).isAfter(now)) {
      throw new EnrolmentException(
          Kind.HERE,
          file
              + " is good until "
              + ends
              + " and is renewed by itself; with --again it is replaced");
    }
  }

  private Optional<X509Certificate> present() throws EnrolmentException {
    try {
      return Optional.of(new CredentialFile(tls.certificate()).certificates().getFirst());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EnrolmentException(
          Kind.HERE, "cannot read " + tls.certificate() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks that collector, and writes the file.
   *
   * @return when the certificate ends
   * @throws EnrolmentException when there is none; no file has changed
   */
  public Instant at(Vertx vertx, CollectorAddress collector, String token)
      throws EnrolmentException, InterruptedException {
    KeyPair key = KeyProof.newKey();
    GrpcClient client = client(vertx);
    EnrolResponse answer;
    try {
      answer =
          ask(client, collector, token, key)
              .toCompletionStage()
              .toCompletableFuture()
              .get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      LinkFailure failure = FailureReader.read(collector.toString(), e);
      throw new EnrolmentException(
          Kind.NO_COLLECTOR, "no answer of " + collector + ": " + failure.message(), e);
    } catch (TimeoutException e) {
      throw new EnrolmentException(
          Kind.NO_COLLECTOR, "no answer of " + collector + " within " + SECONDS + " s", e);
    } finally {
      client.close();
    }
    if (answer.hasRefused()) {
      throw new EnrolmentException(
          Kind.REFUSED,
          "the collector refused ("
              + answer.getRefused().getReason()
              + "): "
              + LinkFailure.shown(answer.getRefused().getMessage()));
    }
    return store(answer.getEnrolled().getChainList(), key);
  }

  private GrpcClient client(Vertx vertx) throws EnrolmentException {
    try {
      return ClientFactory.anonymous(
          vertx, OwnCertificate.readCa(tls), LinkTimings.standard().opening());
    } catch (IOException e) {
      throw new EnrolmentException(Kind.HERE, String.valueOf(e.getMessage()), e);
    }
  }

  private Future<EnrolResponse> ask(
      GrpcClient client, CollectorAddress collector, String token, KeyPair key) {
    EnrolRequest request =
        EnrolRequest.newBuilder()
            .setToken(token)
            .setHost(host)
            .setPublicKey(ByteString.copyFrom(key.getPublic().getEncoded()))
            .setProof(ByteString.copyFrom(KeyProof.ENROLMENT.sign(host, key)))
            .build();
    return client
        .request(
            SocketAddress.inetSocketAddress(collector.port(), collector.host()),
            EnrolmentGrpcClient.Enrol)
        .compose(
            opened -> {
              // The token is for a collector's eyes alone.
              try {
                Certified.requireCollector(opened.connection());
              } catch (CertificateException e) {
                return Future.failedFuture(e);
              }
              return opened.send(request);
            })
        .compose(response -> response.last());
  }

  private Instant store(List<ByteString> chain, KeyPair key) throws EnrolmentException {
    try {
      List<X509Certificate> certificates = Certified.chain(chain, host, key);
      new CredentialFile(tls.certificate()).replace(certificates, key.getPrivate());
      return certificates.getFirst().getNotAfter().toInstant();
    } catch (CertificateException | IOException e) {
      throw new EnrolmentException(
          Kind.HERE,
          "the certificate was issued, and the token is used, but it cannot be kept: "
              + e.getMessage(),
          e);
    }
  }
}
