package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Caller;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.PlanSink;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlanProblem;
import io.holdfast.proto.v1.PlansGrpcService;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code Plans}. */
final class PlansService {
  /** Largest plan, in bytes of UTF-8. */
  static final int TEXT_MAX = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PlansService.class);

  private static final int FILE_NAME_MAX = 1_024;

  private final LedgerSource ledger;
  private final PlanSink plans;

  PlansService(LedgerSource ledger, PlanSink plans) {
    this.ledger = ledger;
    this.plans = plans;
  }

  void bind(Calls calls) {
    calls.unary(PlansGrpcService.ApplyPlan, Role.OPERATOR, this::apply);
    calls.unary(PlansGrpcService.GetPlan, Role.VIEWER, (request, operator) -> plan());
  }

  private Future<ApplyPlanResponse> apply(ApplyPlanRequest request, Caller.Operator operator) {
    int bytes = request.getTextBytes().size();
    if (bytes == 0 || bytes > TEXT_MAX) {
      throw Limits.invalid("the plan's text has " + bytes + " bytes; allowed: 1 to " + TEXT_MAX);
    }
    if (request.getFileName().length() > FILE_NAME_MAX) {
      throw Limits.invalid("file_name is longer than " + FILE_NAME_MAX + " characters");
    }
    return plans
        .apply(request.getText(), request.getFileName(), operator.role().label())
        .map(PlansService::message)
        .recover(PlansService::notRecorded);
  }

  /** A plan may be applied again without harm, so the caller is told that it may try. */
  private static Future<ApplyPlanResponse> notRecorded(Throwable failure) {
    LOG.warn("a plan was not recorded", failure);
    return Future.failedFuture(
        new StatusException(
            GrpcStatus.UNAVAILABLE,
            "this collector could not record the plan in the ledger; apply it again"));
  }

  private static ApplyPlanResponse message(PlanSink.Answer answer) {
    ApplyPlanResponse.Builder response = ApplyPlanResponse.newBuilder();
    return switch (answer) {
      case PlanSink.Answer.Applied applied ->
          response.setHash(applied.hash()).setChanged(applied.changed()).build();
      case PlanSink.Answer.Invalid invalid -> {
        invalid.problems().stream().map(PlansService::message).forEach(response::addProblems);
        yield response.build();
      }
    };
  }

  private static PlanProblem message(PlanSink.Problem problem) {
    return PlanProblem.newBuilder()
        .setLine(problem.line())
        .setColumn(problem.column())
        .setPath(problem.path())
        .setMessage(problem.message())
        .setSuggestion(problem.suggestion())
        .build();
  }

  private Future<Plan> plan() {
    PlanApplied applied =
        ledger
            .read()
            .state()
            .plan()
            .orElseThrow(
                () -> new StatusException(GrpcStatus.NOT_FOUND, "no plan was applied yet"));
    return Future.succeededFuture(
        Plan.newBuilder()
            .setHash(applied.plan().hash())
            .setText(applied.text())
            .setAppliedWallMillis(applied.wallMillis())
            .setOperator(applied.operator())
            .build());
  }
}
