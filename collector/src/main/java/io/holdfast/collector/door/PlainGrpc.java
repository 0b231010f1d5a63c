package io.holdfast.collector.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets only uncompressed calls through to a gRPC server: a few compressed bytes can grow beyond
 * every bound, and Vert.x unpacks them before anyone is asked.
 */
public final class PlainGrpc implements Handler<HttpServerRequest> {
  private static final String ENCODING = "grpc-encoding";
  private static final String IDENTITY = "identity";

  private final Handler<HttpServerRequest> grpc;

  /** In front of that server. */
  public PlainGrpc(Handler<HttpServerRequest> grpc) {
    this.grpc = grpc;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String encoding = request.getHeader(ENCODING);
    if (encoding == null) {
      // Without the header, a message that is marked as compressed would break the server's reader.
      request.headers().set(ENCODING, IDENTITY);
      grpc.handle(request);
    } else if (encoding.equals(IDENTITY)) {
      grpc.handle(request);
    } else {
      request
          .response()
          .putHeader("content-type", "application/grpc")
          .putHeader("grpc-accept-encoding", IDENTITY)
          .putHeader("grpc-status", "12")
          .putHeader("grpc-message", "compressed messages are not taken")
          .end();
    }
  }
}
