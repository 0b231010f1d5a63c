package io.holdfast.agent.observe;

import io.holdfast.core.health.Detail;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.ReasonCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a check: it answers once, at its timeout at the latest, and with the answer everything
 * that the run has opened is closed. Later answers are ignored.
 */
public final class ProbeRun {
  private static final Logger log = LoggerFactory.getLogger(ProbeRun.class);

  private final Promise<ProbeResult> answer = Promise.promise();
  private final List<Runnable> closers = new ArrayList<>();
  private final Vertx vertx;
  private final Duration timeout;
  private final long timer;
  private String stage = "";
  private boolean blameless;
  private boolean ended;

  ProbeRun(Vertx vertx, Duration timeout) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.timer = vertx.setTimer(Math.max(1, timeout.toMillis()), id -> timedOut());
  }

  Future<ProbeResult> result() {
    return answer.future();
  }

  /** How long the whole run may take. */
  public Duration timeout() {
    return timeout;
  }

  /** Says what the run waits for from now on, for the message if it waits in vain. */
  public synchronized void stage(String waitingFor) {
    stage = waitingFor;
  }

  /** A run that is too late says nothing of what is looked at: it answers by itself before. */
  public synchronized void inconclusiveWhenLate() {
    blameless = true;
  }

  /** Has {@code closer} called when the run ends: now, if it has. */
  public void closeAtEnd(Runnable closer) {
    synchronized (this) {
      if (!ended) {
        closers.add(closer);
        return;
      }
    }
    close(closer);
  }

  /** All is as it should be. */
  public void passed() {
    answer(new Passed());
  }

  /** It is not as it should be. */
  public void failed(ReasonCode code, String detail) {
    answer(new Failed(code, Detail.oneLine(detail)));
  }

  /** Nothing was learnt. */
  public void inconclusive(ReasonCode code, String detail) {
    answer(new Inconclusive(code, Detail.oneLine(detail)));
  }

  private void timedOut() {
    String waitingFor;
    boolean nothingLearnt;
    synchronized (this) {
      waitingFor = stage;
      nothingLearnt = blameless;
    }
    String late =
        (waitingFor.isEmpty() ? "" : waitingFor + ": ")
            + "no answer within "
            + timeout.toMillis()
            + " ms";
    if (nothingLearnt) {
      inconclusive(ReasonCode.PROBE_BROKEN, late);
    } else {
      failed(ReasonCode.TIMED_OUT, late);
    }
  }

  private void answer(ProbeResult result) {
    List<Runnable> open;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      open = List.copyOf(closers);
      closers.clear();
    }
    vertx.cancelTimer(timer);
    open.reversed().forEach(ProbeRun::close);
    answer.complete(result);
  }

  private static void close(Runnable closer) {
    try {
      closer.run();
    } catch (RuntimeException e) {
      log.warn("a check left something open", e);
    }
  }
}
