package io.holdfast.collector.api.grpc;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.GetHistoryRequest;
import io.holdfast.proto.v1.GetPlanRequest;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.IncidentsGrpcClient;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.PlansGrpcClient;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.ServiceHistory;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorApiIT {
  private static final GetStatusRequest STATUS = GetStatusRequest.getDefaultInstance();
  private static final GetPlanRequest PLAN = GetPlanRequest.getDefaultInstance();

  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private final BlockingQueue<String> applied = new LinkedBlockingQueue<>();
  private RunningApi api;

  @BeforeEach
  void start() {
    api = new RunningApi(directory, world, world.view(), this::apply, false);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Future<PlanSink.Answer> apply(String text, String fileName, String operator) {
    return switch (text) {
      case "broken" ->
          Future.succeededFuture(
              new PlanSink.Answer.Invalid(
                  List.of(new PlanSink.Problem(3, 1, "services.x", "unknown key", "services"))));
      case "crash" -> Future.failedFuture("the disk of /secret/place is full");
      default -> {
        applied.add(operator + " " + fileName);
        yield Future.succeededFuture(new PlanSink.Answer.Applied(Samples.HASH, true));
      }
    };
  }

  @Test
  void tellsTheStatusToAViewer() {
    assertThat(call("operators/viewer", StatusGrpcClient.GetStatus, STATUS).message())
        .isEqualTo(world.view().status());
  }

  @Test
  void refusesACallerWithoutCertificate() {
    Answer<SystemStatus> answer = call("", StatusGrpcClient.GetStatus, STATUS);

    assertThat(answer.status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
    assertThat(answer.why()).contains("client certificate with role viewer");
  }

  @Test
  void refusesTheCertificateOfAHost() {
    Answer<SystemStatus> answer = call("hosts/trade-a", StatusGrpcClient.GetStatus, STATUS);

    assertThat(answer.status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(answer.why()).contains("certificate of host trade-a");
  }

  @Test
  void letsAViewerApplyNoPlan() {
    Answer<ApplyPlanResponse> answer =
        call("operators/viewer", PlansGrpcClient.ApplyPlan, plan("text"));

    assertThat(answer.status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(answer.why()).contains("needs role operator").contains("gives role viewer");
    assertThat(applied).isEmpty();
  }

  @Test
  void appliesThePlanOfAnOperatorAndOfAnAdmin() {
    assertThat(call("operators/operator", PlansGrpcClient.ApplyPlan, plan("t")).message().getHash())
        .isEqualTo(Samples.HASH);
    call("operators/admin", PlansGrpcClient.ApplyPlan, plan("t"));

    assertThat(applied).containsExactly("operator plan.yaml", "admin plan.yaml");
  }

  @Test
  void answersAnInvalidPlanWithItsProblems() {
    ApplyPlanResponse response =
        call("operators/operator", PlansGrpcClient.ApplyPlan, plan("broken")).message();

    assertThat(response.getHash()).isEmpty();
    assertThat(response.getProblems(0).getLine()).isEqualTo(3);
    assertThat(response.getProblems(0).getSuggestion()).isEqualTo("services");
  }

  @Test
  void asksToTryAgainWhenThePlanCouldNotBeRecordedAndKeepsTheCauseToItself() {
    Answer<ApplyPlanResponse> answer =
        call("operators/operator", PlansGrpcClient.ApplyPlan, plan("crash"));

    assertThat(answer.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(answer.why()).doesNotContain("secret");
  }

  @Test
  void takesAPlanOfExactlyOneMebibyteAndRefusesMore() {
    int most = 1024 * 1024;

    assertThat(apply("x".repeat(most))).isEqualTo(GrpcStatus.OK);
    assertThat(apply("x".repeat(most + 1))).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(apply("")).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(apply("x".repeat(2 * most))).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
    assertThat(applied).hasSize(1);
  }

  @Test
  void refusesAMessageThatIsNoMessage() {
    ServiceMethod<Buffer, Buffer> raw =
        ServiceMethod.client(
            PlansGrpcClient.ApplyPlan.serviceName(),
            "ApplyPlan",
            GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);

    assertThat(call("operators/operator", raw, Buffer.buffer("garbage")).status())
        .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  private GrpcStatus apply(String text) {
    return call("operators/operator", PlansGrpcClient.ApplyPlan, plan(text)).status();
  }

  @Test
  void givesThePlanInForce() {
    assertThat(call("operators/viewer", PlansGrpcClient.GetPlan, PLAN).message().getText())
        .isEqualTo("the text");
  }

  @Test
  void saysThatThereIsNoPlanYet() {
    try (RunningApi empty =
        new RunningApi(directory.resolve("empty"), new World(), world.view(), this::apply, false)) {
      assertThat(call(empty, "operators/viewer", PlansGrpcClient.GetPlan, PLAN).status())
          .isEqualTo(GrpcStatus.NOT_FOUND);
    }
  }

  @Test
  void listsIncidentsNewestFirstWithinTheLimit() {
    world.record(Samples.opened("1", Samples.WALL - 9_000));
    world.record(new IncidentEnded("1", Samples.WALL, 9_000, true));
    world.record(Samples.opened("2", Samples.WALL - 5_000));

    assertThat(incidents(false, 0)).extracting(Incident::getId).containsExactly("2", "1");
    assertThat(incidents(false, 1)).extracting(Incident::getId).containsExactly("2");
    assertThat(incidents(true, 1_000)).extracting(Incident::getId).containsExactly("2");
  }

  private List<Incident> incidents(boolean openOnly, int limit) {
    return call(
            "operators/viewer",
            IncidentsGrpcClient.ListIncidents,
            ListIncidentsRequest.newBuilder().setOpenOnly(openOnly).setLimit(limit).build())
        .message()
        .getIncidentsList();
  }

  @Test
  void refusesLimitsOutOfTheirRange() {
    for (int limit : new int[] {-1, 1_001, Integer.MAX_VALUE}) {
      var answer =
          call(
              "operators/viewer",
              EventsGrpcClient.ListEvents,
              ListEventsRequest.newBuilder().setLimit(limit).build());
      assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
      assertThat(answer.why()).contains("limit is " + limit).contains("1 to 1000");
    }
  }

  @Test
  void listsEventsInTheLedgersOrderAfterAPosition() {
    for (int i = 1; i <= 5; i++) {
      world.record(Samples.event(i, Samples.WALL, new HostEvent.ServiceStarted("web_ui", i)));
    }
    var response =
        call(
                "operators/viewer",
                EventsGrpcClient.ListEvents,
                ListEventsRequest.newBuilder().setAfter(2).setLimit(2).build())
            .message();

    assertThat(response.getEventsList())
        .extracting(RecordedEvent::getPosition)
        .containsExactly(3L, 4L);
    assertThat(response.getOldest()).isEqualTo(1);
  }

  @Test
  void tellsTheHistoryOfAServiceToAViewer() {
    ServiceHistory past =
        ServiceHistory.newBuilder()
            .setHost("trade-b")
            .setService("web_ui")
            .addBeats(Beat.newBuilder().setWallMillis(7).setVerdict(Verdict.VERDICT_HEALTHY))
            .build();
    world.remember(History.newBuilder().addServices(past).build());

    assertThat(history("trade-b", "web_ui").message().getServicesList()).containsExactly(past);
    assertThat(history("", "").status()).isEqualTo(GrpcStatus.OK);
  }

  @Test
  void saysOfANameThatThePlanDoesNotHaveWhichItHas() {
    Answer<History> host = history("trade-x", "");
    assertThat(host.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(host.why()).contains("no host trade-x").contains("trade-a, trade-b");
    Answer<History> service = history("", "web");
    assertThat(service.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(service.why()).contains("no service web;").contains("web_ui");
    Answer<History> elsewhere = history("trade-a", "web_ui");
    assertThat(elsewhere.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(elsewhere.why()).contains("not on trade-a").contains("trade-b");
  }

  @Test
  void answersALongNameShortly() {
    Answer<History> answer = history("x".repeat(3_000), "");

    assertThat(answer.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(answer.why()).hasSizeLessThan(300);
  }

  private Answer<History> history(String host, String service) {
    return call(
        "operators/viewer",
        StatusGrpcClient.GetHistory,
        GetHistoryRequest.newBuilder().setHost(host).setService(service).build());
  }

  @Test
  void streamsTheStatusAtOnceAndWhenItChangesAndEndsWithTheServer() throws Exception {
    BlockingQueue<SystemStatus> seen = new LinkedBlockingQueue<>();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    StatusGrpcClient client = StatusGrpcClient.create(grpc(api, "operators/viewer"), api.address());
    await(
        client
            .watchStatus(STATUS)
            .onSuccess(
                stream ->
                    stream
                        .handler(seen::add)
                        .exceptionHandler(failure -> ended.add("failed"))
                        .endHandler(end -> ended.add("ended"))));
    assertThat(seen.poll(10, TimeUnit.SECONDS).getSystemHealth()).isEqualTo(1.0);

    world.beat(
        "trade-b",
        Samples.with(
            Samples.heartbeat("trade-b"), Samples.verdict("web_ui", Verdict.VERDICT_UNHEALTHY)));
    SystemStatus next = seen.poll(10, TimeUnit.SECONDS);
    while (next != null && next.getSystemHealth() == 1.0) {
      next = seen.poll(10, TimeUnit.SECONDS);
    }
    assertThat(next).isNotNull();

    api.stop();
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  private static ApplyPlanRequest plan(String text) {
    return ApplyPlanRequest.newBuilder().setText(text).setFileName("plan.yaml").build();
  }

  private record Answer<R>(GrpcStatus status, String why, R message) {}

  private <Q, R> Answer<R> call(String certificate, ServiceMethod<R, Q> method, Q message) {
    return call(api, certificate, method, message);
  }

  private static <Q, R> Answer<R> call(
      RunningApi api, String certificate, ServiceMethod<R, Q> method, Q message) {
    return await(
        grpc(api, certificate)
            .request(api.address(), method)
            .compose(request -> request.end(message).compose(sent -> request.response()))
            .compose(
                response ->
                    response
                        .last()
                        .transform(
                            last ->
                                Future.succeededFuture(
                                    new Answer<>(
                                        response.status(),
                                        response.statusMessage(),
                                        last.result())))));
  }

  private static GrpcClient grpc(RunningApi api, String certificate) {
    return api.keep(
        GrpcClient.client(
            api.vertx,
            new GrpcClientOptions().setMaxMessageSize(4 * 1024 * 1024),
            api.client(certificate, HttpVersion.HTTP_2)));
  }
}
