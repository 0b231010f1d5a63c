package io.holdfast.collector.api.web;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.Past;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.proto.agent.v1.Verdict;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServingIT {
  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private RunningApi api;

  @BeforeEach
  void start() {
    api = running(directory, false);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private RunningApi running(Path place, boolean anonymousViewer) {
    return new RunningApi(
        place,
        world,
        world.view(),
        (text, file, operator) -> Future.failedFuture("no plan is taken here"),
        anonymousViewer);
  }

  private record Answer(int status, MultiMap headers, String body) {}

  private Answer get(String path) {
    return ask(api, "operators/viewer", HttpMethod.GET, path);
  }

  private static Answer ask(RunningApi api, String certificate, HttpMethod method, String path) {
    return ask(api, certificate, new RequestOptions().setMethod(method).setURI(path));
  }

  private static Answer ask(RunningApi api, String certificate, RequestOptions request) {
    return await(
        client(api, certificate, HttpVersion.HTTP_1_1)
            .request(request.setServer(api.address()))
            .compose(HttpClientRequest::send)
            .compose(
                response ->
                    response
                        .body()
                        .map(
                            body ->
                                new Answer(
                                    response.statusCode(), response.headers(), body.toString()))));
  }

  private static HttpClient client(RunningApi api, String certificate, HttpVersion version) {
    return api.keep(api.vertx.createHttpClient(api.client(certificate, version)));
  }

  @Test
  void servesThePageWithHeadersThatLeaveABrowserNoLeeway() {
    Answer page = get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).startsWith("<!doctype html>");
    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.headers().get("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.headers().get("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void sendsAFileAgainOnlyWhenItChanged() {
    String tag = get("/app/main.js").headers().get("ETag");

    Answer again =
        ask(
            api,
            "operators/viewer",
            new RequestOptions().setURI("/app/main.js").putHeader("If-None-Match", tag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void tellsTheStatusAsJsonThatIsNotStored() {
    Answer answer = get("/api/v1/status");

    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
    JsonObject status = new JsonObject(answer.body());
    assertThat(status.getString("system")).isEqualTo("ai-trader");
    assertThat(status.getDouble("systemHealth")).isEqualTo(1.0);
    assertThat(status.getJsonArray("openIncidents")).isEmpty();
  }

  @Test
  void tellsTheHistoryAsJsonThatIsNotStored() {
    world.remember(Past.healthy(Samples.plan("en"), Samples.WALL).history());

    Answer answer = get("/api/v1/history?host=trade-a&service=database");

    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
    JsonObject first = new JsonObject(answer.body()).getJsonArray("services").getJsonObject(0);
    assertThat(first.getString("service")).isEqualTo("database");
    assertThat(first.getJsonArray("beats")).hasSize(60);
  }

  @Test
  void servesEveryLibraryOfTheImportMap() {
    String page = get("/").body();
    String map = page.replaceFirst("(?s).*<script type=\"importmap\">(.*?)</script>.*", "$1");
    JsonObject imports = new JsonObject(map).getJsonObject("imports");

    assertThat(imports.fieldNames()).contains("preact", "preact/hooks", "htm", "uplot");
    for (String name : imports.fieldNames()) {
      Answer library = get("/" + imports.getString(name));
      assertThat(library.status()).as(name).isEqualTo(200);
      assertThat(library.headers().get("Content-Type")).startsWith("text/javascript");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/app/main.js",
        "/lib/preact.js",
        "/api/v1/status",
        "/api/v1/history",
        "/api/v1/stream",
        "/metrics"
      })
  void refusesWhoeverShowsNoRole(String path) {
    Answer none = ask(api, "", HttpMethod.GET, path);
    Answer host = ask(api, "hosts/trade-a", HttpMethod.GET, path);

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.headers().get("Content-Type")).startsWith("text/plain");
    assertThat(none.body()).contains("client certificate with role viewer");
    assertThat(host.status()).isEqualTo(403);
    assertThat(host.body()).contains("certificate of host trade-a");
  }

  @Test
  void letsAnyoneLookWhereThePlaceIsConfiguredSo() {
    try (RunningApi open = running(directory.resolve("open"), true)) {
      assertThat(ask(open, "", HttpMethod.GET, "/api/v1/status").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"})
  void allowsNothingButLooking(String method) {
    Answer answer = ask(api, "operators/admin", HttpMethod.valueOf(method), "/api/v1/status");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("Allow")).isEqualTo("GET, HEAD");
    assertThat(answer.headers().get("Content-Type")).startsWith("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/status", "/api/v1/history", "/api/v1/stream", "/nothing"})
  void answersHeadWithoutABody(String path) {
    assertThat(ask(api, "operators/viewer", HttpMethod.HEAD, path).body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/app",
        "/app/",
        "/../../../../etc/passwd",
        "/app/../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/app/%00main.js",
        "/app\\..\\index.html",
        "//etc/passwd",
        "/io/holdfast/collector/api/ApiServer.class",
        "/%ff%fe",
        "/api/v1/statusx",
        "/api/v1"
      })
  void findsNothingThatIsNotOfThePage(String path) {
    Answer answer = get(path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.headers().get("Content-Type")).startsWith("text/plain");
    assertThat(answer.body()).doesNotContain("root:").doesNotContain("Exception");
  }

  @Test
  void refusesAMalformedEscapeInPlainText() {
    Answer answer = get("/%zz");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("the request is malformed\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void streamsTheStatusAtOnceAndWhenItChanges(HttpVersion version) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpClientResponse response = stream(version, events);
    assertThat(response.getHeader("Content-Type")).isEqualTo("text/event-stream");
    assertThat(waitFor(events, "\"systemHealth\":1.0")).isTrue();

    world.beat(
        "trade-b",
        Samples.with(
            Samples.heartbeat("trade-b"), Samples.verdict("web_ui", Verdict.VERDICT_UNHEALTHY)));

    assertThat(waitFor(events, "VERDICT_UNHEALTHY")).isTrue();
  }

  @Test
  void endsItsStreamsWhenItStops() {
    HttpClientResponse response = stream(HttpVersion.HTTP_1_1, new LinkedBlockingQueue<>());

    Future<String> ended = response.end().map("ended");

    api.stop();

    assertThat(await(ended)).isEqualTo("ended");
  }

  private HttpClientResponse stream(HttpVersion version, BlockingQueue<String> events) {
    return await(
        client(api, "operators/viewer", version)
            .request(new RequestOptions().setServer(api.address()).setURI("/api/v1/stream"))
            .compose(HttpClientRequest::send)
            .onSuccess(answer -> answer.handler((Buffer part) -> events.add(part.toString()))));
  }

  private static boolean waitFor(BlockingQueue<String> events, String part) throws Exception {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(part) < 0) {
      String next = events.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        return false;
      }
      seen.append(next);
    }
    return true;
  }
}
