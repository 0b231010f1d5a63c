package io.holdfast.agent.link;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes the client of one attempt: no connection outlives the attempt that it broke in. */
final class ClientFactory {
  /** More than an agent reads: a plan that is too large is refused, and the stream goes on. */
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  private ClientFactory() {}

  static GrpcClient create(Vertx vertx, OwnCertificate certificate, LinkTimings timings) {
    HttpClientOptions options = options(certificate.ca(), timings.opening());
    options.setKeyCertOptions(
        new PemKeyCertOptions()
            .addCertValue(certificate.certificate())
            .addKeyValue(certificate.key()));
    return client(vertx, options);
  }

  /** One that shows no certificate. */
  static GrpcClient anonymous(Vertx vertx, Buffer ca, Duration patience) {
    return client(vertx, options(ca, patience));
  }

  private static GrpcClient client(Vertx vertx, HttpClientOptions options) {
    return GrpcClient.client(
        vertx, new GrpcClientOptions().setMaxMessageSize(MAX_MESSAGE_BYTES), options);
  }

  private static HttpClientOptions options(Buffer ca, Duration patience) {
    int millis = (int) patience.toMillis();
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setVerifyHost(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setTrustOptions(new PemTrustOptions().addCertValue(ca))
        .setConnectTimeout(millis)
        .setSslHandshakeTimeout(millis)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
