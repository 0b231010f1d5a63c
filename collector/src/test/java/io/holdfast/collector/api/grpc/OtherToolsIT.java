package io.holdfast.collector.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.agent.HostEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that has no copy of the contract can list, describe and call everything. */
class OtherToolsIT {
  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private RunningApi api;
  private Buf buf;

  @BeforeEach
  void start() {
    api =
        new RunningApi(
            directory,
            world,
            world.view(),
            (text, file, operator) ->
                Future.succeededFuture(new PlanSink.Answer.Applied(Samples.HASH, true)),
            false);
    buf = new Buf(api, directory);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private JsonObject call(String path, String... options) {
    Buf.Result result = buf.curl("viewer", path, options);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return new JsonObject(result.out());
  }

  @Test
  void listsServicesAndMethods() {
    assertThat(buf.curl("viewer", "", "--list-services").out().lines())
        .containsExactlyInAnyOrder(
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "holdfast.v1.Certificates",
            "holdfast.v1.Enrolment",
            "holdfast.v1.Events",
            "holdfast.v1.Incidents",
            "holdfast.v1.Plans",
            "holdfast.v1.Status");
    assertThat(buf.curl("viewer", "", "--list-methods").out().lines())
        .contains("holdfast.v1.Events/WatchEvents", "grpc.health.v1.Health/Check");
  }

  @Test
  void callsWhatTheCollectorDescribes() {
    world.record(Samples.opened("1", Samples.WALL - 9_000));
    world.record(Samples.event(1, Samples.WALL, new HostEvent.ServiceStarted("web_ui", 7)));

    assertThat(call("/holdfast.v1.Status/GetStatus").getString("system")).isEqualTo("ai-trader");
    assertThat(
            call("/holdfast.v1.Incidents/ListIncidents", "-d", "{\"open_only\": true}")
                .getJsonArray("incidents"))
        .hasSize(1);
    assertThat(
            call("/holdfast.v1.Events/ListEvents", "-d", "{\"limit\": 5}")
                .getJsonArray("events")
                .getJsonObject(0)
                .getJsonObject("event")
                .getJsonObject("serviceStarted")
                .getString("service"))
        .isEqualTo("web_ui");
    assertThat(call("/grpc.health.v1.Health/Check").getString("status")).isEqualTo("SERVING");
  }

  @Test
  void watchesTheStatusAndTheEvents() throws Exception {
    assertThat(first("/holdfast.v1.Status/WatchStatus", "system")).contains("ai-trader");
    world.record(Samples.event(1, Samples.WALL, new HostEvent.ServiceStarted("web_ui", 7)));
    assertThat(first("/holdfast.v1.Events/WatchEvents", "position")).contains("1");
  }

  /** The first line with that word of a call that does not end by itself. */
  private String first(String path, String word) throws Exception {
    Process process = buf.start("viewer", path);
    try (BufferedReader answers = Buf.answers(process)) {
      return CompletableFuture.supplyAsync(() -> line(answers, word)).get(20, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String line(BufferedReader answers, String word) {
    try {
      String line = answers.readLine();
      while (line != null && !line.contains(word)) {
        line = answers.readLine();
      }
      return String.valueOf(line);
    } catch (IOException e) {
      return "failed: " + e.getMessage();
    }
  }

  @Test
  void tellsNothingToACallerWithoutARole() {
    Buf.Result refused = buf.curl("", "", "--list-services");

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("not authenticated");
  }
}
