package io.holdfast.agent.app;

import io.holdfast.agent.store.PlanStore;
import io.holdfast.core.plan.HostPlan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores plans and puts them in force, in this order. On a disk that does not take a plan the one
 * before stays in force, and storing is tried again. However fast plans come, one a second is
 * stored, and of those that wait the newest. Used on one event loop.
 */
final class PlanDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PlanDesk.class);
  private static final long RETRY_MILLIS = 5_000;
  private static final long PACE_MILLIS = 1_000;

  private final Context context;
  private final PlanStore store;
  private final Consumer<HostPlan> inForce;
  private Optional<Waiting> waiting = Optional.empty();
  private boolean busy;

  private record Waiting(HostPlan plan, Promise<Void> done, boolean first) {}

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
    supersede();
    Waiting next = new Waiting(plan, Promise.promise(), true);
    waiting = Optional.of(next);
    storeNext();
    return next.done().future();
  }

  private void supersede() {
    waiting.ifPresent(older -> older.done().fail("a newer plan came before it could be stored"));
    waiting = Optional.empty();
  }

  private void storeNext() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    Waiting next = waiting.get();
    waiting = Optional.empty();
    context
        .executeBlocking(
            () -> {
              store.store(next.plan());
              return null;
            })
        .onSuccess(
            stored -> {
              inForce.accept(next.plan());
              next.done().complete();
              storeNextAfter(PACE_MILLIS);
            })
        .onFailure(cause -> notStored(next, cause));
  }

  private void notStored(Waiting tried, Throwable cause) {
    if (tried.first()) {
      LOG.error(
          "plan {} cannot be stored, the one before stays in force: {}; trying again every {} s",
          tried.plan().planHash(),
          cause.toString(),
          RETRY_MILLIS / 1_000);
    }
    Waiting again = new Waiting(tried.plan(), tried.done(), false);
    if (waiting.isPresent()) {
      again.done().fail("a newer plan came before it could be stored");
    } else {
      waiting = Optional.of(again);
    }
    storeNextAfter(RETRY_MILLIS);
  }

  private void storeNextAfter(long millis) {
    context
        .owner()
        .setTimer(
            millis,
            id -> {
              busy = false;
              storeNext();
            });
  }
}
