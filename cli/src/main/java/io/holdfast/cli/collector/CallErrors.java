package io.holdfast.cli.collector;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.Texts;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Tells a collector that cannot be reached from one that says no. */
final class CallErrors {
  private final Texts texts;

  CallErrors(Texts texts) {
    this.texts = texts;
  }

  /** A status other than OK, with the sentence that came with it. */
  private static final class StatusFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final GrpcStatus status;

    StatusFailure(GrpcStatus status, String message) {
      super(message == null ? "" : message, null, false, false);
      this.status = status;
    }
  }

  /** Keeps the collector's own words, which Vert.x leaves in the response. */
  <A> Future<A> withMessage(GrpcClientResponse<?, ?> response, Throwable failure) {
    return Future.failedFuture(
        failure instanceof InvalidStatusException invalid
            ? new StatusFailure(invalid.actualStatus(), response.statusMessage())
            : failure);
  }

  /** What the end of a stream means. */
  Throwable ofEnd(GrpcClientResponse<?, ?> response, AsyncResult<Void> end) {
    if (end.failed()) {
      return end.cause();
    }
    GrpcStatus status = response.status() == null ? GrpcStatus.OK : response.status();
    return new StatusFailure(
        status == GrpcStatus.OK ? GrpcStatus.UNAVAILABLE : status,
        status == GrpcStatus.OK ? texts.text("unreachable.closed") : response.statusMessage());
  }

  /**
   * Why the collector is not reachable.
   *
   * @throws CliFailure when it was reached and refused
   */
  String whyUnreachable(Throwable failure) {
    return switch (failure) {
      case StatusFailure status -> ofStatus(status);
      case InvalidStatusException status -> ofStatus(new StatusFailure(status.actualStatus(), ""));
      case UnknownHostException e -> texts.text("unreachable.name");
      case NoRouteToHostException e -> texts.text("unreachable.route");
      case ConnectException e when isTimeout(e) -> timedOut();
      case ConnectException e -> texts.text("unreachable.refused");
      case TimeoutException e -> timedOut();
      case SSLException e -> texts.text("unreachable.tls", rootMessage(e));
      default -> other(failure);
    };
  }

  String timedOut() {
    return texts.text("unreachable.timeout", CollectorClient.DEADLINE.toSeconds());
  }

  private static boolean isTimeout(ConnectException e) {
    return String.valueOf(e.getMessage()).contains("timed out");
  }

  private String other(Throwable failure) {
    // After a TLS 1.3 handshake a refused client certificate shows only as a closed connection.
    if (failure.getClass().getSimpleName().contains("Closed")) {
      return texts.text("unreachable.closed");
    }
    if (failure.getCause() != null && failure.getCause() != failure) {
      return whyUnreachable(failure.getCause());
    }
    return Display.escape(rootMessage(failure));
  }

  private String ofStatus(StatusFailure failure) {
    String said = Display.escape(String.valueOf(failure.getMessage()));
    return switch (failure.status) {
      case UNAVAILABLE -> said.isEmpty() ? texts.text("unreachable.unavailable") : said;
      case DEADLINE_EXCEEDED -> timedOut();
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          throw new CliFailure(ExitCode.REFUSED, texts.text("refused.permission", said));
      case FAILED_PRECONDITION, ABORTED, RESOURCE_EXHAUSTED ->
          throw new CliFailure(ExitCode.REFUSED, texts.text("refused.now", said));
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          throw new CliFailure(ExitCode.WRONG_USAGE, texts.text("refused.argument", said));
      case NOT_FOUND -> throw new NotFound(texts.text("refused.none", said));
      case UNIMPLEMENTED ->
          throw new CliFailure(ExitCode.BAD_ANSWER, texts.text("refused.unknown"));
      default ->
          throw new CliFailure(
              ExitCode.BAD_ANSWER, texts.text("refused.failed", failure.status, said));
    };
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return Display.escape(
        message == null || message.isEmpty() ? root.getClass().getSimpleName() : message);
  }
}
