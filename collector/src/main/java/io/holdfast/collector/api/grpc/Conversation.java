package io.holdfast.collector.api.grpc;

import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers each message of a call with one, in order, until the caller ends it. While the caller
 * does not read its answers no further message is taken, so that none pile up here.
 */
final class Conversation<Q, R> {
  private final GrpcServerRequest<Optional<Q>, R> call;
  private final GrpcServerResponse<Optional<Q>, R> response;
  private final Function<Q, R> answer;
  private boolean over;

  private Conversation(GrpcServerRequest<Optional<Q>, R> call, Function<Q, R> answer) {
    this.call = call;
    this.response = call.response();
    this.answer = answer;
  }

  static <Q, R> void hold(GrpcServerRequest<Optional<Q>, R> call, Function<Q, R> answer) {
    Conversation<Q, R> conversation = new Conversation<>(call, answer);
    call.invalidMessageHandler(invalid -> conversation.refuse());
    call.exceptionHandler(gone -> conversation.over = true);
    call.handler(message -> message.ifPresentOrElse(conversation::reply, conversation::refuse));
    call.endHandler(end -> conversation.end(GrpcStatus.OK, ""));
  }

  private void reply(Q message) {
    if (over) {
      return;
    }
    Calls.unlessGone(() -> response.write(answer.apply(message)));
    if (response.writeQueueFull()) {
      call.pause();
      response.drainHandler(drained -> call.resume());
    }
  }

  private void refuse() {
    end(GrpcStatus.INVALID_ARGUMENT, Calls.UNREADABLE);
  }

  private void end(GrpcStatus status, String message) {
    if (!over) {
      over = true;
      Calls.end(call, status, message);
    }
  }
}
