package io.holdfast.agent.observe;

import io.holdfast.core.health.ReasonCode;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What it means for a check that a connection could not be made or was lost. */
public final class NetworkFailure {
  private NetworkFailure() {}

  /**
   * Ends {@code run} with the meaning of {@code failure}.
   *
   * @param peer whom the run talked to, for the message
   * @param otherwise the meaning of what is no failure of the network
   */
  public static void answer(ProbeRun run, Throwable failure, String peer, ReasonCode otherwise) {
    ReasonCode code = classify(failure, otherwise);
    String detail = peer + ": " + describe(failure);
    if (code == ReasonCode.PROBE_BROKEN) {
      run.inconclusive(code, detail);
    } else {
      run.failed(code, detail);
    }
  }

  private static ReasonCode classify(Throwable failure, ReasonCode otherwise) {
    String message = describe(failure).toLowerCase(Locale.ROOT);
    if (isOwnLack(failure, message)) {
      return ReasonCode.PROBE_BROKEN;
    }
    if (failure instanceof UnknownHostException) {
      return ReasonCode.NAME_NOT_RESOLVED;
    }
    if (failure instanceof TimeoutException || message.contains("timed out")) {
      return ReasonCode.TIMED_OUT;
    }
    if (failure instanceof NoRouteToHostException
        || failure instanceof PortUnreachableException
        || message.contains("unreachable")) {
      return ReasonCode.UNREACHABLE;
    }
    if (failure instanceof ConnectException) {
      return ReasonCode.CONNECTION_REFUSED;
    }
    if (failure instanceof SSLException) {
      return ReasonCode.BAD_ANSWER;
    }
    if (failure instanceof IOException) {
      return ReasonCode.CONNECTION_CLOSED;
    }
    return otherwise;
  }

  /**
   * The agent itself is short of file descriptors, ports or rights: the service is not to blame.
   */
  private static boolean isOwnLack(Throwable failure, String message) {
    return failure instanceof BindException
        || message.contains("too many open files")
        || message.contains("permission denied")
        || message.contains("operation not permitted");
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
