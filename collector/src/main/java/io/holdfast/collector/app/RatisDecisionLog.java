package io.holdfast.collector.app;

import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.ledger.FatalHandler;
import io.holdfast.collector.ledger.LeadershipListener;
import io.holdfast.collector.ledger.LedgerSettings;
import io.holdfast.collector.ledger.RatisLedger;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.planfile.PlanReader;
import io.holdfast.planfile.PlanResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The Ratis ledger, seen from the leader's loop: its answers come on the loop's thread. */
final class RatisDecisionLog implements DecisionLog, LedgerSource {

  private final Context context;
  private final RatisLedger ledger;
  private volatile boolean leads;
  private volatile boolean commits = true;

  /**
   * A ledger that is not started.
   *
   * @param termChanged called on the loop when leadership comes or goes
   */
  RatisDecisionLog(Context context, LedgerSettings settings, Runnable termChanged) {
    this.context = context;
    this.ledger =
        new RatisLedger(
            settings,
            RatisDecisionLog::parse,
            new LeadershipListener() {
              @Override
              public void leading(long term) {
                change(true, termChanged);
              }

              @Override
              public void notLeading() {
                change(false, termChanged);
              }
            },
            FatalHandler.HALT);
  }

  private void change(boolean now, Runnable termChanged) {
    leads = now;
    context.runOnContext(v -> termChanged.run());
  }

  private static io.holdfast.core.plan.Plan parse(String text) {
    return switch (PlanReader.read(text, "plan of the ledger")) {
      case PlanResult.Valid valid -> valid.plan();
      case PlanResult.Invalid invalid ->
          throw new IllegalArgumentException(invalid.problems().getFirst().toString());
    };
  }

  Future<Void> start() {
    return onContext(ledger.start());
  }

  CompletionStage<Void> close() {
    return ledger.close();
  }

  @Override
  public ClusterState state() {
    return ledger.state();
  }

  @Override
  public boolean leads() {
    return leads;
  }

  @Override
  public Future<Void> append(List<LedgerRecord> records) {
    return onContext(ledger.append(records))
        .onComplete(done -> commits = done.succeeded())
        .mapEmpty();
  }

  /** Whether this node leads and, as far as it tried, the ledger took what it decided. */
  boolean serving() {
    return leads && commits;
  }

  @Override
  public Reading read() {
    return new Reading(ledger.state(), Math.max(0, ledger.appliedIndex()));
  }

  private <T> Future<T> onContext(CompletionStage<T> stage) {
    Promise<T> promise = Promise.promise();
    stage.whenComplete(
        (value, failure) ->
            context.runOnContext(
                v -> {
                  if (failure == null) {
                    promise.complete(value);
                  } else {
                    promise.fail(failure);
                  }
                }));
    return promise.future();
  }
}
