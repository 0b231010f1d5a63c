package io.holdfast.cli.collector;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A stream of answers, taken by the calling thread one at a time: the next one is asked for when it
 * is wanted, so that none is lost and none pile up here.
 */
final class AnswerStream<A> {
  private static final Buffer PING = Buffer.buffer("holdfast");
  private static final long STREAM_DAYS = 365;

  private final BlockingQueue<Outcome<A>> arrived = new LinkedBlockingQueue<>();
  private final CallErrors errors;
  private final Function<Throwable, Outcome<A>> failed;
  private volatile Optional<Line> line = Optional.empty();
  private volatile Optional<Runnable> more = Optional.empty();

  /** A connection, and the event loop that it belongs to. */
  private record Line(HttpConnection connection, Context loop) {}

  private AnswerStream(CallErrors errors, Function<Throwable, Outcome<A>> failed) {
    this.errors = errors;
    this.failed = failed;
  }

  /** Asks on a call that may still have to connect. */
  static <Q, A> AnswerStream<A> of(
      Future<GrpcClientRequest<Q, A>> call,
      Q question,
      CallErrors errors,
      Function<Throwable, Outcome<A>> failed) {
    AnswerStream<A> stream = new AnswerStream<>(errors, failed);
    call.compose(
            request -> {
              stream.line = Optional.of(new Line(request.connection(), Vertx.currentContext()));
              // The client's own limit is for one answer.
              return request.timeout(STREAM_DAYS, TimeUnit.DAYS).send(question);
            })
        .onSuccess(stream::receive)
        .onFailure(failure -> stream.arrived.add(failed.apply(failure)));
    return stream;
  }

  private <Q> void receive(GrpcClientResponse<Q, A> response) {
    Context context = Vertx.currentContext();
    response.pause();
    response.handler(answer -> arrived.add(new Outcome.Answered<>(answer)));
    response.exceptionHandler(failure -> arrived.add(failed.apply(failure)));
    response.end().onComplete(end -> arrived.add(failed.apply(errors.ofEnd(response, end))));
    more = Optional.of(() -> context.runOnContext(run -> response.fetch(1)));
    response.fetch(1);
  }

  /** Whether the collector has taken the call. */
  boolean begun() {
    return more.isPresent();
  }

  /** The next outcome; empty: none came within that time. */
  Optional<Outcome<A>> next(long millis) throws InterruptedException {
    return Optional.ofNullable(arrived.poll(millis, TimeUnit.MILLISECONDS));
  }

  /** Asks for one more answer. */
  void more() {
    more.ifPresent(Runnable::run);
  }

  /** Whether the other side still answers at all, within that time. */
  boolean isAlive(long millis) throws InterruptedException {
    if (line.isEmpty()) {
      return false;
    }
    CompletableFuture<Buffer> pong = new CompletableFuture<>();
    // From another thread, Vert.x may hear the answer before it has noted that somebody waits.
    line.get()
        .loop()
        .runOnContext(
            run ->
                line.get()
                    .connection()
                    .ping(PING)
                    .onSuccess(pong::complete)
                    .onFailure(pong::completeExceptionally));
    try {
      pong.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
