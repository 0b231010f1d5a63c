package io.holdfast.collector.api.grpc;

import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;

/** Checks the numbers of a request. */
final class Limits {
  private static final int DEFAULT = 100;
  private static final int MAX = 1_000;

  private Limits() {}

  /** How many to give: 1 to 1,000, and 0 stands for 100. */
  static int count(int limit) {
    if (limit < 0 || limit > MAX) {
      throw invalid("limit is " + limit + "; allowed: 1 to " + MAX + ", or 0 for " + DEFAULT);
    }
    return limit == 0 ? DEFAULT : limit;
  }

  static long position(long after) {
    if (after < 0) {
      throw invalid("after is " + after + "; allowed: 0 or more");
    }
    return after;
  }

  static StatusException invalid(String message) {
    return new StatusException(GrpcStatus.INVALID_ARGUMENT, message);
  }
}
