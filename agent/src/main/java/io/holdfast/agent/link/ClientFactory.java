package io.holdfast.agent.link;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes the client of one attempt: no connection outlives the attempt that it broke in. */
final class ClientFactory {
  /** More than an agent reads: a plan that is too large is refused, and the stream goes on. */
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  private ClientFactory() {}

  static GrpcClient create(Vertx vertx, OwnCertificate certificate, LinkTimings timings) {
    int millis = (int) timings.opening().toMillis();
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(certificate.certificate())
                    .addKeyValue(certificate.key()))
            .setTrustOptions(new PemTrustOptions().addCertValue(certificate.ca()))
            .setConnectTimeout(millis)
            .setSslHandshakeTimeout(millis)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return GrpcClient.client(
        vertx, new GrpcClientOptions().setMaxMessageSize(MAX_MESSAGE_BYTES), options);
  }
}
