package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Admission;
import io.holdfast.collector.api.Caller;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds methods so that each call is admitted by role before its message is looked at. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final GrpcServer server;

  Calls(GrpcServer server) {
    this.server = server;
  }

  /** Answers one message with one. */
  @FunctionalInterface
  interface Unary<Q, R> {
    /** Fails, or throws, with a {@link StatusException} that says what is wrong. */
    Future<R> answer(Q message, Caller.Operator operator);
  }

  /** Answers one message with a stream that it ends itself. */
  @FunctionalInterface
  interface Streaming<Q, R> {
    /** Throws a {@link StatusException} that says what is wrong. */
    void answer(Q message, GrpcServerRequest<Q, R> call);
  }

  <Q, R> void unary(ServiceMethod<Q, R> method, Role needed, Unary<Q, R> unary) {
    bind(
        method,
        needed,
        (message, call, operator) ->
            unary
                .answer(message, operator)
                .onSuccess(call.response()::end)
                .onFailure(failure -> fail(call, failure)));
  }

  <Q, R> void streaming(ServiceMethod<Q, R> method, Role needed, Streaming<Q, R> streaming) {
    bind(method, needed, (message, call, operator) -> streaming.answer(message, call));
  }

  private interface Answer<Q, R> {
    void to(Q message, GrpcServerRequest<Q, R> call, Caller.Operator operator);
  }

  private <Q, R> void bind(ServiceMethod<Q, R> method, Role needed, Answer<Q, R> answer) {
    server.callHandler(
        method,
        call -> {
          switch (Admission.of(Caller.on(call.connection()), needed)) {
            case Admission.Unauthenticated no ->
                end(call, GrpcStatus.UNAUTHENTICATED, no.message());
            case Admission.Denied no -> end(call, GrpcStatus.PERMISSION_DENIED, no.message());
            case Admission.Admitted yes -> receive(call, answer, yes.operator());
          }
        });
  }

  /** The first message is the request; a call without one, or with a second one, is malformed. */
  private static <Q, R> void receive(
      GrpcServerRequest<Q, R> call, Answer<Q, R> answer, Caller.Operator operator) {
    Request<Q> request = new Request<>();
    call.handler(
        message -> {
          if (request.take(message)) {
            try {
              answer.to(message, call, operator);
            } catch (RuntimeException e) {
              fail(call, e);
            }
          }
        });
    call.endHandler(
        end -> {
          if (request.taken.isEmpty()) {
            end(call, GrpcStatus.INVALID_ARGUMENT, "the call has no message");
          }
        });
  }

  private static final class Request<Q> {
    private Optional<Q> taken = Optional.empty();

    boolean take(Q message) {
      boolean first = taken.isEmpty();
      taken = Optional.of(message);
      return first;
    }
  }

  private static <Q, R> void fail(GrpcServerRequest<Q, R> call, Throwable failure) {
    if (failure instanceof StatusException expected) {
      end(call, expected.status(), expected.message());
    } else {
      LOG.error("a call of {} failed", call.fullMethodName(), failure);
      end(call, GrpcStatus.INTERNAL, "the collector failed to answer; its log says why");
    }
  }

  private static <Q, R> void end(GrpcServerRequest<Q, R> call, GrpcStatus status, String message) {
    GrpcServerResponse<Q, R> response = call.response();
    response.status(status).statusMessage(message).end();
  }
}
