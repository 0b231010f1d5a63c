package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Admission;
import io.holdfast.collector.api.Caller;
import io.holdfast.collector.door.Visas;
import io.holdfast.wire.Role;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.InvalidMessageException;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds methods so that each call is admitted by role before its message is looked at. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  static final String UNREADABLE = "the message cannot be read";

  private final Vertx vertx;
  private final GrpcServer server;
  private final long messageMax;
  private final Visas visas;

  /** Binds to that server, which takes messages of that many bytes. */
  Calls(Vertx vertx, GrpcServer server, long messageMax, Visas visas) {
    this.visas = visas;
    this.vertx = vertx;
    this.server = server;
    this.messageMax = messageMax;
  }

  /** Answers one message with one. */
  @FunctionalInterface
  interface Unary<Q, R> {
    /** Fails, or throws, with a {@link StatusException} that says what is wrong. */
    Future<R> answer(Q message, Caller.Operator operator);
  }

  /** Answers one message of a caller of whom only the address is known. */
  @FunctionalInterface
  interface Anonymous<Q, R> {
    /** Fails, or throws, with a {@link StatusException} that says what is wrong. */
    Future<R> answer(Q message, String address);
  }

  /** Why the caller may not stay; empty: it may. */
  Optional<String> rejection(GrpcServerRequest<?, ?> call) {
    return Caller.rejection(call.connection(), visas);
  }

  /** Answers one message with a stream that it ends itself. */
  @FunctionalInterface
  interface Streaming<Q, R> {
    /** Throws a {@link StatusException} that says what is wrong. */
    void answer(Q message, GrpcServerRequest<?, R> call);
  }

  <Q, R> void unary(ServiceMethod<Q, R> method, Role needed, Unary<Q, R> unary) {
    bind(
        method,
        needed,
        (message, call, operator) ->
            here(unary.answer(message, operator))
                .onSuccess(reply -> end(call, reply))
                .onFailure(failure -> fail(call, failure)));
  }

  <Q, R> void streaming(ServiceMethod<Q, R> method, Role needed, Streaming<Q, R> streaming) {
    bind(method, needed, (message, call, operator) -> streaming.answer(message, call));
  }

  /** Answers each message of a call with one, until the caller ends it. */
  <Q, R> void conversation(ServiceMethod<Q, R> method, Role needed, Function<Q, R> answer) {
    admit(method, needed, (call, operator) -> Conversation.hold(call, answer));
  }

  /** Answers anybody, with a certificate or without. */
  <Q, R> void open(ServiceMethod<Q, R> method, Function<Q, R> answer) {
    server.callHandler(
        LenientDecoder.of(method),
        call -> receive(call, message -> end(call, answer.apply(message))));
  }

  /** Answers one message of anybody with one. */
  <Q, R> void anybody(ServiceMethod<Q, R> method, Anonymous<Q, R> anonymous) {
    server.callHandler(
        LenientDecoder.of(method),
        call ->
            receive(
                call,
                message ->
                    here(anonymous.answer(message, call.connection().remoteAddress().hostAddress()))
                        .onSuccess(reply -> end(call, reply))
                        .onFailure(failure -> fail(call, failure))));
  }

  /** The same, completed on the event loop of the call wherever it was decided. */
  private <R> Future<R> here(Future<R> answer) {
    Promise<R> here = Promise.promise();
    Context context = vertx.getOrCreateContext();
    answer.onComplete(result -> context.runOnContext(run -> here.handle(result)));
    return here.future();
  }

  private interface Answer<Q, R> {
    void to(Q message, GrpcServerRequest<?, R> call, Caller.Operator operator);
  }

  private <Q, R> void bind(ServiceMethod<Q, R> method, Role needed, Answer<Q, R> answer) {
    admit(
        method,
        needed,
        (call, operator) -> receive(call, message -> answer.to(message, call, operator)));
  }

  private <Q, R> void admit(
      ServiceMethod<Q, R> method,
      Role needed,
      BiConsumer<GrpcServerRequest<Optional<Q>, R>, Caller.Operator> admitted) {
    server.callHandler(
        LenientDecoder.of(method),
        call -> {
          // Left to itself Vert.x answers a second time when a refused caller sends too much.
          call.invalidMessageHandler(ignored -> {});
          switch (Admission.of(Caller.on(call.connection(), visas), needed)) {
            case Admission.Unauthenticated no ->
                end(call, GrpcStatus.UNAUTHENTICATED, no.message());
            case Admission.Denied no -> end(call, GrpcStatus.PERMISSION_DENIED, no.message());
            case Admission.Admitted yes -> admitted.accept(call, yes.operator());
          }
        });
  }

  /** The first message is the request; a second one is ignored, and one must come. */
  private <Q, R> void receive(GrpcServerRequest<Optional<Q>, R> call, Consumer<Q> answer) {
    AtomicBoolean settled = new AtomicBoolean();
    Consumer<RuntimeException> onFailure = failure -> fail(call, failure);
    call.invalidMessageHandler(invalid -> settle(settled, () -> refuse(call, invalid), onFailure));
    call.handler(
        message ->
            settle(
                settled,
                () ->
                    message.ifPresentOrElse(
                        answer, () -> end(call, GrpcStatus.INVALID_ARGUMENT, UNREADABLE)),
                onFailure));
    call.endHandler(
        end ->
            settle(
                settled,
                () -> end(call, GrpcStatus.INVALID_ARGUMENT, "the call has no message"),
                onFailure));
  }

  private static void settle(
      AtomicBoolean settled, Runnable action, Consumer<RuntimeException> onFailure) {
    if (settled.getAndSet(true)) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }

  private <R> void refuse(GrpcServerRequest<?, R> call, InvalidMessageException invalid) {
    if (invalid instanceof MessageSizeOverflowException large) {
      String message = "the message has " + large.messageSize() + " bytes; allowed: ";
      end(call, GrpcStatus.RESOURCE_EXHAUSTED, message + messageMax);
    } else {
      end(call, GrpcStatus.INVALID_ARGUMENT, UNREADABLE);
    }
  }

  private static <R> void fail(GrpcServerRequest<?, R> call, Throwable failure) {
    if (failure instanceof StatusException expected) {
      end(call, expected.status(), expected.message());
    } else {
      LOG.error("a call of {} failed", call.fullMethodName(), failure);
      end(call, GrpcStatus.INTERNAL, "the collector failed to answer; its log says why");
    }
  }

  /** Ends the call; harmless when the caller is gone. */
  static <R> void end(GrpcServerRequest<?, R> call, GrpcStatus status, String message) {
    GrpcServerResponse<?, R> response = call.response();
    unlessGone(() -> response.status(status).statusMessage(message).end());
  }

  private static <R> void end(GrpcServerRequest<?, R> call, R reply) {
    unlessGone(() -> call.response().end(reply));
  }

  /** Vert.x throws when the caller has hung up meanwhile: nobody is left to be answered. */
  static void unlessGone(Runnable answer) {
    try {
      answer.run();
    } catch (IllegalStateException gone) {
      LOG.debug("a caller hung up before its answer", gone);
    }
  }
}
