package io.holdfast.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.metrics.Scraper;
import io.holdfast.pki.DemoPki;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger made = new AtomicInteger();
  private final HttpClient plain = vertx.createHttpClient();

  private record Answer(int status, String body) {}

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private int start(Optional<MetricsSettings.Tls> tls) {
    Promise<Integer> port = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        v -> {
          Scraper<AgentReading> scraper =
              new Scraper<>(
                  context,
                  () -> AgentReadings.of(new AgentTally(), List.of("api")),
                  () -> {
                    made.incrementAndGet();
                    return AgentReadings.exposition();
                  });
          new MetricsServer(vertx, new MetricsSettings(LOOPBACK, 0, tls), scraper)
              .start()
              .onComplete(port);
        });
    return await(port.future());
  }

  private static Answer ask(HttpClient client, int port, HttpMethod method, String path) {
    return await(
        client
            .request(method, port, LOOPBACK, path)
            .compose(
                request ->
                    request
                        .send()
                        .compose(
                            response ->
                                response
                                    .body()
                                    .map(b -> new Answer(response.statusCode(), b.toString())))));
  }

  @Test
  void answersGetAndHeadOfThatPathAlone() {
    int port = start(Optional.empty());
    assertThat(made).hasValue(0);
    Answer answer = ask(plain, port, HttpMethod.GET, "/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("holdfast_service_verdict{service=\"api\"");
    assertThat(ask(plain, port, HttpMethod.HEAD, "/metrics")).isEqualTo(new Answer(200, ""));
    assertThat(ask(plain, port, HttpMethod.GET, "/").status()).isEqualTo(404);
    assertThat(ask(plain, port, HttpMethod.POST, "/metrics").status()).isEqualTo(405);
    assertThat(made).as("made once").hasValue(1);
  }

  @Test
  void refusesWhatIsTooLong() {
    int port = start(Optional.empty());
    assertThat(ask(plain, port, HttpMethod.GET, "/metrics?" + "x".repeat(2_000)).status())
        .isEqualTo(414);
    assertThat(ask(plain, port, HttpMethod.GET, "/metrics").status()).isEqualTo(200);
  }

  @Test
  void whoHoldsConnectionsOpenKeepsNobodyElseOut() throws IOException {
    int port = start(Optional.empty());
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 5 * MetricsServer.CONNECTIONS_MAX; i++) {
        Socket socket = new Socket(InetAddress.getByName(LOOPBACK), port);
        socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
        idle.add(socket);
      }
      assertThat(ask(plain, port, HttpMethod.GET, "/metrics").status()).isEqualTo(200);
      idle.getFirst().setSoTimeout(20_000);
      assertThat(ended(idle.getFirst())).as("the oldest is closed").isTrue();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void withTlsItAsksForTheCertificateOfAnOperator() {
    DemoPki.create(directory, List.of("trade-a"), List.of("collector-1"), List.of(LOOPBACK));
    Path ca = directory.resolve("ca.crt");
    int port =
        start(
            Optional.of(
                new MetricsSettings.Tls(
                    directory.resolve("collectors/collector-1.crt"),
                    directory.resolve("collectors/collector-1.key"),
                    ca)));
    assertThat(ask(client("operators/viewer", ca), port, HttpMethod.GET, "/metrics").status())
        .isEqualTo(200);
    assertThat(ask(client("hosts/trade-a", ca), port, HttpMethod.GET, "/metrics").status())
        .isEqualTo(403);
    HttpClient nobody = vertx.createHttpClient(tls(ca));
    Assertions.assertThatThrownBy(() -> ask(nobody, port, HttpMethod.GET, "/metrics"))
        .isInstanceOf(Exception.class);
  }

  private HttpClient client(String certificate, Path ca) {
    return vertx.createHttpClient(
        tls(ca)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(directory.resolve(certificate + ".crt").toString())
                    .addKeyPath(directory.resolve(certificate + ".key").toString())));
  }

  private static HttpClientOptions tls(Path ca) {
    return new HttpClientOptions()
        .setSsl(true)
        .setVerifyHost(false)
        .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
  }
}
