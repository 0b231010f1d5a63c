package io.holdfast.collector.api.metrics;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.proto.v1.EnrolRequest;
import io.holdfast.proto.v1.GetStatusRequest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what the API answered, under names that callers cannot invent. A stream counts when it
 * ends. Used on one event loop.
 */
public final class Answers {
  private static final String STATUS = "grpc-status";
  private static final String OTHER = "other";
  private static final Set<String> ROUTES =
      Set.of("/", "/metrics", "/api/v1/status", "/api/v1/history", "/api/v1/stream");

  private static final List<FileDescriptor> FILES =
      List.of(GetStatusRequest.getDescriptor().getFile(), EnrolRequest.getDescriptor().getFile());

  private final Set<String> methods = methods();
  private final Map<Answer, Long> counts = new HashMap<>();

  /**
   * How something was answered.
   *
   * @param grpc false: a page's request
   * @param name of the method or the path, {@code other} when it is none of those that there are
   * @param code lower case name of the status, or the number of HTTP
   */
  public record Answer(boolean grpc, String name, String code) {}

  /** Counts what {@code calls} answers. */
  public Handler<HttpServerRequest> countCalls(Handler<HttpServerRequest> calls) {
    return counting(true, calls);
  }

  /** Counts what {@code pages} answers. */
  public Handler<HttpServerRequest> countPages(Handler<HttpServerRequest> pages) {
    return counting(false, pages);
  }

  /** What was counted so far. */
  public Map<Answer, Long> counts() {
    return Map.copyOf(counts);
  }

  private Handler<HttpServerRequest> counting(boolean grpc, Handler<HttpServerRequest> handler) {
    return request -> {
      HttpServerResponse response = request.response();
      String path = Optional.ofNullable(request.path()).orElse("");
      response.endHandler(
          ended ->
              counts.merge(
                  grpc
                      ? new Answer(
                          true, known(methods, path.replaceFirst("^/", "")), status(response))
                      : new Answer(
                          false, known(ROUTES, path), Integer.toString(response.getStatusCode())),
                  1L,
                  Long::sum));
      handler.handle(request);
    };
  }

  private static String known(Set<String> names, String name) {
    return names.contains(name) ? name : OTHER;
  }

  /** In the trailers, or in the headers where there is no message; nowhere when the caller left. */
  private static String status(HttpServerResponse response) {
    return in(response.trailers())
        .or(() -> in(response.headers()))
        .orElse(response.getStatusCode() == 200 ? GrpcStatus.CANCELLED : GrpcStatus.UNKNOWN)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static Optional<GrpcStatus> in(MultiMap headers) {
    return Optional.ofNullable(headers.get(STATUS))
        .map(code -> GrpcStatus.valueOf(Integer.parseInt(code)));
  }

  private static Set<String> methods() {
    Set<String> names = new HashSet<>();
    for (FileDescriptor file : FILES) {
      for (ServiceDescriptor service : file.getServices()) {
        for (MethodDescriptor method : service.getMethods()) {
          names.add(service.getFullName() + "/" + method.getName());
        }
      }
    }
    return names;
  }
}
