package io.holdfast.agent.observe.postgres;

import io.holdfast.agent.observe.NetworkFailure;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Locale;

/** What it means for a check that the server, or the way to it, failed. */
final class PostgresFailure {
  private PostgresFailure() {}

  static void answer(ProbeRun run, Throwable failure, String peer) {
    if (failure instanceof PgException refused) {
      ReasonCode code = classify(refused.getSqlState());
      String detail = peer + ": " + refused.getErrorMessage();
      if (code == ReasonCode.AUTHENTICATION_FAILED) {
        run.inconclusive(code, detail);
      } else {
        run.failed(code, detail);
      }
    } else if (failure instanceof Error) {
      // This program lacks something; the server has done nothing wrong, and must not be restarted.
      run.inconclusive(ReasonCode.PROBE_BROKEN, peer + ": the agent cannot ask it: " + failure);
    } else if (isScramFailure(failure)) {
      run.inconclusive(ReasonCode.AUTHENTICATION_FAILED, peer + ": " + failure.getMessage());
    } else {
      NetworkFailure.answer(run, failure, peer, otherwise(failure));
    }
  }

  /** By SQLSTATE (PostgreSQL's manual, appendix A). */
  private static ReasonCode classify(String sqlState) {
    return switch (sqlState == null ? "" : sqlState) {
      case "28000", "28P01", "42501" -> ReasonCode.AUTHENTICATION_FAILED;
      case "53300" -> ReasonCode.TOO_MANY_CONNECTIONS;
      case "57P03" -> ReasonCode.STARTING_UP;
      case "57P01", "57P02" -> ReasonCode.CONNECTION_CLOSED;
      case "25006" -> ReasonCode.READ_ONLY;
      case "08P01", "" -> ReasonCode.BAD_ANSWER;
      default -> ReasonCode.QUERY_FAILED;
    };
  }

  /**
   * The server could not prove that it knows the password either, or asked for an unknown proof.
   */
  private static boolean isScramFailure(Throwable failure) {
    return failure.getClass().getName().toLowerCase(Locale.ROOT).contains("scram");
  }

  /** The client's own exceptions speak of connections that ended while an answer was due. */
  private static ReasonCode otherwise(Throwable failure) {
    return failure instanceof VertxException ? ReasonCode.CONNECTION_CLOSED : ReasonCode.BAD_ANSWER;
  }
}
