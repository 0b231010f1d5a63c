package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.store.PlanStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent with the heap that it ships with, whose port of the figures is attacked: it heals,
 * answers who asks properly, and has nothing left of the attack afterwards.
 */
class MetricsAbuseIT {
  private static final int IDLE = 2_000;
  private static final int MEBIBYTE = 1 << 20;
  private static final int MAX_CONNECTIONS = 64;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private final List<Socket> attackers = new ArrayList<>();
  private AgentProcess agent;
  private HttpClient scraper;

  @AfterEach
  void close() throws Exception {
    leave();
    agent.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void inClearTextItOutlivesFloodsTricklesAndGarbage() throws Exception {
    start("{port: 0}", new HttpClientOptions());
    long before = scrapedFiles();
    Socket trickler = trickler();
    oversized();
    idle("GET /metr");
    healsAndAnswers();
    assertThat(agent.files()).isLessThan(before + MAX_CONNECTIONS);
    leave();
    Socket last = trickler();
    awaiting.until("the trickle to be cut", () -> isCut(last));
    assertThat(isCut(trickler)).isTrue();
    returnsTo(before);
  }

  @Test
  void withTlsItOutlivesHandshakesThatNeverEnd() throws Exception {
    start(
        "{port: 0, tls: {certificate: ../pki/collectors/collector-1.crt,"
            + " key: ../pki/collectors/collector-1.key, ca: ../pki/ca.crt}}",
        new HttpClientOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(directory.resolve("pki/operators/viewer.crt").toString())
                    .addKeyPath(directory.resolve("pki/operators/viewer.key").toString()))
            .setTrustOptions(
                new PemTrustOptions().addCertPath(directory.resolve("pki/ca.crt").toString())));
    long before = scrapedFiles();
    idle("\u0016\u0003\u0001");
    healsAndAnswers();
    assertThat(agent.files()).isLessThan(before + MAX_CONNECTIONS);
    leave();
    returnsTo(before);
  }

  private void start(String metrics, HttpClientOptions options) throws Exception {
    CollectorProcess absent = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(absent, "trade-a", "trade-a", List.of(absent.agentsPort), metrics);
    new PlanStore(agent.state()).store(OneService.onDisk());
    agent.start();
    awaiting.until("the engine", () -> agent.service() != 0);
    awaiting.until("the port of the figures", () -> agent.metricsPort() != 0);
    scraper = vertx.createHttpClient(options.setKeepAlive(false).setConnectTimeout(2_000));
  }

  /** Its open files once everything is loaded that answers need. */
  private long scrapedFiles() throws Exception {
    awaiting.until("the first answer", this::isAnswered);
    return agent.files();
  }

  private boolean isAnswered() {
    try {
      return scraper
          .request(HttpMethod.GET, agent.metricsPort(), "127.0.0.1", "/metrics")
          .compose(HttpClientRequest::send)
          .compose(answer -> answer.body())
          .await(5, TimeUnit.SECONDS)
          .toString()
          .contains("holdfast_service_verdict{service=\"engine\"");
    } catch (Exception pushedOut) {
      return false;
    }
  }

  private void oversized() throws Exception {
    byte[] garbage = new byte[MEBIBYTE];
    new Random(3).nextBytes(garbage);
    send(garbage);
    send(text("GET /" + "x".repeat(MEBIBYTE) + " HTTP/1.1\r\n"));
    send(text("GET /metrics HTTP/1.1\r\n" + "a: b\r\n".repeat(MEBIBYTE / 8)));
    send(text("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"), garbage);
    send(
        text("POST /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"),
        garbage,
        garbage);
    send(text("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2_000)));
    send(text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), garbage);
    awaiting.until("an answer beside garbage", this::isAnswered);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void send(byte[]... parts) throws IOException {
    Socket socket = connect();
    try {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
    } catch (IOException refused) {
      // That is what should happen.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), agent.metricsPort());
    attackers.add(socket);
    return socket;
  }

  private void idle(String firstBytes) throws IOException {
    for (int i = 0; i < IDLE; i++) {
      Socket socket = connect();
      if (i % 2 == 0) {
        send(socket, firstBytes);
      }
    }
  }

  private static void send(Socket socket, String bytes) {
    try {
      socket.getOutputStream().write(text(bytes));
    } catch (IOException pushedOut) {
      // A newer one has its place.
    }
  }

  /** One more byte of a request every now and then, for ever. */
  private Socket trickler() throws IOException {
    Socket socket = connect();
    send(socket, "GET /metrics HTTP/1.1\r\nx-slow: ");
    vertx.setPeriodic(500, id -> send(socket, "a"));
    return socket;
  }

  private static boolean isCut(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() == -1;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void healsAndAnswers() throws Exception {
    long killed = agent.service();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    awaiting.until("an answer under attack", this::isAnswered);
    awaiting.until(
        "the engine to be healed", () -> agent.service() != 0 && agent.service() != killed);
    awaiting.until("an answer after it", this::isAnswered);
  }

  private void returnsTo(long files) throws Exception {
    awaiting.until("the connections to be gone", () -> agent.files() <= files + 2);
    awaiting.until("an answer to the end", this::isAnswered);
    assertThat(agent.isAlive()).isTrue();
    assertThat(agent.log()).doesNotContain("OutOfMemory").doesNotContain("\tat ");
    assertThat(agent.log().lines().count()).as(agent.log()).isLessThan(60);
  }

  private void leave() throws IOException {
    for (Socket socket : attackers) {
      socket.close();
    }
    attackers.clear();
  }
}
