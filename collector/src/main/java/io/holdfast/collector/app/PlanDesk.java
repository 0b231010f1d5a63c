package io.holdfast.collector.app;

import io.holdfast.collector.api.PlanSink;
import io.holdfast.planfile.PlanReader;
import io.holdfast.planfile.PlanResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Takes an operator's plan: reads it on a worker, decides it on the leader's loop. */
final class PlanDesk implements PlanSink {

  private final Context context;
  private final Desk desk;

  PlanDesk(Context context, Desk desk) {
    this.context = context;
    this.desk = desk;
  }

  @Override
  public Future<Answer> apply(String text, String fileName, String operator) {
    Promise<Answer> answer = Promise.promise();
    context.runOnContext(
        v ->
            context
                .executeBlocking(() -> PlanReader.read(text, fileName))
                .compose(result -> decide(result, operator))
                .onComplete(answer));
    return answer.future();
  }

  private Future<Answer> decide(PlanResult result, String operator) {
    return switch (result) {
      case PlanResult.Valid valid -> desk.apply(valid.plan(), valid.text(), operator);
      case PlanResult.Invalid invalid ->
          Future.succeededFuture(
              new Answer.Invalid(
                  invalid.problems().stream()
                      .map(
                          problem ->
                              new Problem(
                                  problem.line(),
                                  problem.column(),
                                  problem.path(),
                                  problem.message(),
                                  problem.suggestion().orElse("")))
                      .toList()));
    };
  }
}
