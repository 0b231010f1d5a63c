package io.holdfast.collector.api.grpc;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.World;
import io.vertx.core.Future;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.reflection.v1.ExtensionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAndReflectionIT {
  private static final ServiceMethod<HealthCheckResponse, HealthCheckRequest> CHECK =
      health("Check", HealthCheckResponse.getDefaultInstance());
  private static final ServiceMethod<HealthCheckResponse, HealthCheckRequest> WATCH =
      health("Watch", HealthCheckResponse.getDefaultInstance());
  private static final ServiceMethod<HealthListResponse, HealthListRequest> LIST =
      health("List", HealthListResponse.getDefaultInstance());

  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private RunningApi api;

  @BeforeEach
  void start() {
    api =
        new RunningApi(
            directory,
            world,
            world.view(),
            (text, file, operator) ->
                Future.succeededFuture(new PlanSink.Answer.Applied("hash", true)),
            false);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static <Q extends Message, R extends Message> ServiceMethod<R, Q> health(
      String method, R answer) {
    return method("grpc.health.v1.Health", method, answer);
  }

  private static <Q extends Message, R extends Message> ServiceMethod<R, Q> method(
      String service, String method, R answer) {
    return ServiceMethod.client(
        ServiceName.create(service),
        method,
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(answer));
  }

  @SafeVarargs
  private <Q, R> GrpcClientResponse<Q, R> send(
      String certificate, ServiceMethod<R, Q> method, Q... messages) {
    GrpcClient client =
        api.keep(GrpcClient.client(api.vertx, api.client(certificate, HttpVersion.HTTP_2)));
    return await(
        client
            .request(api.address(), method)
            .compose(
                request -> {
                  for (Q message : messages) {
                    request.write(message);
                  }
                  request.end();
                  return request.response().onSuccess(GrpcClientResponse::pause);
                }));
  }

  private static <R> R last(GrpcClientResponse<?, R> response) {
    Future<R> last = response.last();
    response.resume();
    return await(last);
  }

  private static GrpcClientResponse<?, ?> ended(GrpcClientResponse<?, ?> response) {
    Future<Void> end = response.end();
    response.resume();
    await(end.otherwiseEmpty());
    return response;
  }

  private static HealthCheckRequest about(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "operators/viewer", "hosts/trade-a"})
  void anybodyMayAskWhetherItServes(String certificate) {
    for (String service : List.of("", "holdfast.v1.Status", "holdfast.v1.Plans")) {
      assertThat(last(send(certificate, CHECK, about(service))).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
    world.serve(false);
    assertThat(last(send(certificate, CHECK, about(""))).getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(
            last(send(certificate, LIST, HealthListRequest.getDefaultInstance())).getStatusesMap())
        .containsKeys("", "holdfast.v1.Events")
        .allSatisfy(
            (name, health) -> assertThat(health.getStatus()).isEqualTo(ServingStatus.NOT_SERVING));
  }

  @Test
  void doesNotKnowOtherServices() {
    var response = ended(send("", CHECK, about("holdfast.v1.Statsu")));
    assertThat(response.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(response.statusMessage()).contains("holdfast.v1.Status");
  }

  @Test
  void tellsAWatcherEachChangeAndNothingElse() throws Exception {
    BlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();
    send("operators/viewer", WATCH, about(""))
        .handler(answer -> told.add(answer.getStatus()))
        .resume();

    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
    world.serve(false);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.NOT_SERVING);
    world.serve(true);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
    assertThat(told).isEmpty();
  }

  @Test
  void tellsAWatcherThatAServiceIsUnknownAndRefusesOneWithoutARole() throws Exception {
    BlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();
    send("operators/viewer", WATCH, about("x"))
        .handler(answer -> told.add(answer.getStatus()))
        .resume();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVICE_UNKNOWN);

    assertThat(ended(send("", WATCH, about(""))).status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1alpha"})
  void answersAWholeConversationOnOneStream(String version) throws Exception {
    List<ServerReflectionResponse> answers =
        ask(
            version,
            ServerReflectionRequest.newBuilder().setListServices("*").build(),
            symbol("holdfast.v1.Status.GetStatus"),
            symbol("holdfast.agent.v1.Verdict"),
            symbol("holdfast.v1.Statsu"),
            ServerReflectionRequest.newBuilder()
                .setFileByFilename("holdfast/agent/v1/event.proto")
                .build(),
            ServerReflectionRequest.newBuilder().setFileByFilename("../etc/passwd").build(),
            ServerReflectionRequest.newBuilder()
                .setAllExtensionNumbersOfType("holdfast.v1.Plan")
                .build(),
            ServerReflectionRequest.newBuilder()
                .setFileContainingExtension(
                    ExtensionRequest.newBuilder().setContainingType("holdfast.v1.Plan"))
                .build(),
            ServerReflectionRequest.getDefaultInstance());

    assertThat(answers.get(0).getListServicesResponse().getServiceList())
        .anyMatch(service -> service.getName().equals("holdfast.v1.Status"));
    assertThat(files(answers.get(1)))
        .startsWith("holdfast/v1/holdfast.proto")
        .contains("holdfast/agent/v1/event.proto", "holdfast/agent/v1/link.proto");
    assertThat(files(answers.get(2))).startsWith("holdfast/agent/v1/event.proto");
    assertThat(answers.get(3).getErrorResponse().getErrorCode())
        .isEqualTo(GrpcStatus.NOT_FOUND.code);
    assertThat(files(answers.get(4))).containsExactly("holdfast/agent/v1/event.proto");
    assertThat(answers.get(5).getErrorResponse().getErrorMessage()).contains("../etc/passwd");
    assertThat(answers.get(6).getAllExtensionNumbersResponse().getBaseTypeName())
        .isEqualTo("holdfast.v1.Plan");
    assertThat(answers.get(7).hasErrorResponse()).isTrue();
    assertThat(answers.get(8).getErrorResponse().getErrorCode())
        .isEqualTo(GrpcStatus.INVALID_ARGUMENT.code);
  }

  private List<ServerReflectionResponse> ask(String version, ServerReflectionRequest... requests) {
    var response = send("operators/viewer", reflection(version), requests);
    List<ServerReflectionResponse> answers = new ArrayList<>();
    response.handler(answers::add);
    ended(response);
    assertThat(answers).hasSize(requests.length);
    return answers;
  }

  private static ServiceMethod<ServerReflectionResponse, ServerReflectionRequest> reflection(
      String version) {
    return method(
        "grpc.reflection." + version + ".ServerReflection",
        "ServerReflectionInfo",
        ServerReflectionResponse.getDefaultInstance());
  }

  private static ServerReflectionRequest symbol(String name) {
    return ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build();
  }

  private static List<String> files(ServerReflectionResponse answer)
      throws InvalidProtocolBufferException {
    List<String> names = new ArrayList<>();
    for (ByteString file : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      names.add(FileDescriptorProto.parseFrom(file).getName());
    }
    return names;
  }

  @Test
  void reflectionNeedsARole() {
    assertThat(ended(send("", reflection("v1"), symbol("x"))).status())
        .isEqualTo(GrpcStatus.UNAUTHENTICATED);
    assertThat(ended(send("hosts/trade-a", reflection("v1alpha"), symbol("x"))).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
  }
}
