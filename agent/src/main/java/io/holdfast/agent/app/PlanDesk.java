package io.holdfast.agent.app;

import io.holdfast.agent.store.PlanStore;
import io.holdfast.core.plan.HostPlan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores plans and puts them in force, in this order. On a disk that does not take a plan the one
 * before stays in force, and storing is tried again. Used on one event loop.
 */
final class PlanDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PlanDesk.class);
  private static final long RETRY_SECONDS = 5;

  private final Context context;
  private final PlanStore store;
  private final Consumer<HostPlan> inForce;
  private long newest;

  PlanDesk(Context context, PlanStore store, Consumer<HostPlan> inForce) {
    this.context = context;
    this.store = store;
    this.inForce = inForce;
  }

  /** Puts the plan on the disk in force; waits for the disk. */
  Future<Void> resume() {
    return context
        .executeBlocking(this::stored)
        .map(
            plan -> {
              plan.ifPresent(inForce);
              return null;
            });
  }

  private Optional<HostPlan> stored() {
    try {
      return store.load();
    } catch (IOException e) {
      LOG.error("{}; waiting for a collector to send it again", e.getMessage());
      return Optional.empty();
    }
  }

  /** Done when the plan is on the disk and in force; fails when a newer one came before that. */
  Future<Void> received(HostPlan plan) {
    newest++;
    return tried(plan, newest, true);
  }

  private Future<Void> tried(HostPlan plan, long number, boolean first) {
    if (number != newest) {
      return Future.failedFuture("a newer plan came before it could be stored");
    }
    return context
        .<Void>executeBlocking(
            () -> {
              store.store(plan);
              return null;
            })
        .<Void>map(
            done -> {
              inForce.accept(plan);
              return null;
            })
        .recover(
            cause -> {
              if (first) {
                LOG.error(
                    "plan {} cannot be stored, the one before stays in force: {}; trying again"
                        + " every {} s",
                    plan.planHash(),
                    cause.toString(),
                    RETRY_SECONDS);
              }
              return context
                  .owner()
                  .timer(RETRY_SECONDS, TimeUnit.SECONDS)
                  .compose(waited -> tried(plan, number, false));
            });
  }
}
