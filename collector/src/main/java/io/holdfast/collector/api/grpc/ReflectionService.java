package io.holdfast.collector.api.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.wire.Role;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.v1.ErrorResponse;
import io.vertx.grpc.reflection.v1.ExtensionNumberResponse;
import io.vertx.grpc.reflection.v1.FileDescriptorResponse;
import io.vertx.grpc.reflection.v1.ListServiceResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.util.List;
import java.util.Optional;

/**
 * The service {@code grpc.reflection.v1.ServerReflection}: tells tools such as grpcurl what can be
 * called here. Vert.x's own looks neither at the caller's role nor at enums, and ends a
 * conversation after one answer.
 *
 * <p>Older tools speak {@code v1alpha}, which differs in its name alone; it is served, not listed.
 */
final class ReflectionService {
  private static final List<String> VERSIONS = List.of("v1", "v1alpha");

  private final List<ServiceDescriptor> services;
  private final SchemaIndex schema;

  /** Tells of these services. */
  ReflectionService(List<ServiceDescriptor> services) {
    this.services = services;
    this.schema = SchemaIndex.of(services.stream().map(ServiceDescriptor::getFile).toList());
  }

  /** What this service is itself. */
  static ServiceDescriptor descriptor() {
    return ServerReflectionRequest.getDescriptor().getFile().getServices().getFirst();
  }

  void bind(Calls calls) {
    VERSIONS.forEach(version -> calls.conversation(method(version), Role.VIEWER, this::answer));
  }

  private static ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> method(
      String version) {
    return ServiceMethod.server(
        ServiceName.create("grpc.reflection." + version + ".ServerReflection"),
        "ServerReflectionInfo",
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(ServerReflectionRequest.getDefaultInstance()));
  }

  private ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> response.setListServicesResponse(list());
      case FILE_BY_FILENAME ->
          file(response, schema.file(request.getFileByFilename()), request.getFileByFilename());
      case FILE_CONTAINING_SYMBOL ->
          file(
              response,
              schema.fileOf(request.getFileContainingSymbol()),
              request.getFileContainingSymbol());
      case FILE_CONTAINING_EXTENSION ->
          none(response, request.getFileContainingExtension().getContainingType());
      case ALL_EXTENSION_NUMBERS_OF_TYPE ->
          extensions(response, request.getAllExtensionNumbersOfType());
      case MESSAGEREQUEST_NOT_SET ->
          error(response, GrpcStatus.INVALID_ARGUMENT, "the request asks for nothing known here");
    }
    return response.build();
  }

  private ListServiceResponse list() {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    services.forEach(
        service -> list.addService(ServiceResponse.newBuilder().setName(service.getFullName())));
    return list.build();
  }

  private void file(
      ServerReflectionResponse.Builder response, Optional<FileDescriptor> file, String asked) {
    file.ifPresentOrElse(
        found -> {
          FileDescriptorResponse.Builder files = FileDescriptorResponse.newBuilder();
          schema
              .withDependencies(found)
              .forEach(each -> files.addFileDescriptorProto(each.toProto().toByteString()));
          response.setFileDescriptorResponse(files);
        },
        () -> none(response, asked));
  }

  /** The schema has no extensions: there are none of a type that is known. */
  private void extensions(ServerReflectionResponse.Builder response, String type) {
    if (schema.fileOf(type).isPresent()) {
      response.setAllExtensionNumbersResponse(
          ExtensionNumberResponse.newBuilder().setBaseTypeName(type));
    } else {
      none(response, type);
    }
  }

  private static void none(ServerReflectionResponse.Builder response, String asked) {
    error(response, GrpcStatus.NOT_FOUND, "there is none here: " + asked);
  }

  private static void error(
      ServerReflectionResponse.Builder response, GrpcStatus status, String message) {
    response.setErrorResponse(
        ErrorResponse.newBuilder().setErrorCode(status.code).setErrorMessage(message));
  }
}
