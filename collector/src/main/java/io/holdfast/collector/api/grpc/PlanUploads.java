package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Admission;
import io.holdfast.collector.api.Caller;
import io.holdfast.collector.door.Visas;
import io.holdfast.proto.v1.PlansGrpcService;
import io.holdfast.wire.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets large messages in from those alone who may send them, and only a few at a time. Everyone
 * else's call is answered, or refused, by a server that keeps no more than a small message of it.
 */
final class PlanUploads implements Handler<HttpServerRequest> {
  private static final String PATH = "/" + PlansGrpcService.ApplyPlan.fullMethodName();

  /** Plans that may be on their way at once. */
  static final int MAX = 8;

  private final Handler<HttpServerRequest> small;
  private final Handler<HttpServerRequest> large;
  private final Visas visas;
  private int uploads;

  PlanUploads(Handler<HttpServerRequest> small, Handler<HttpServerRequest> large, Visas visas) {
    this.visas = visas;
    this.small = small;
    this.large = large;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!request.path().equals(PATH)
        || !(Admission.of(Caller.on(request.connection(), visas), Role.OPERATOR)
            instanceof Admission.Admitted)) {
      small.handle(request);
    } else if (uploads < MAX) {
      uploads++;
      request.response().closeHandler(closed -> uploads--);
      large.handle(request);
    } else {
      request
          .response()
          .putHeader("content-type", "application/grpc")
          .putHeader("grpc-status", "8")
          .putHeader("grpc-message", MAX + " plans are being applied already; try again later")
          .end();
    }
  }
}
