package io.holdfast.core.agent;

import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.AgentEvent.ProbeFinished;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.ServiceMemory.OutageStart;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.ServiceVerdict;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.Probe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Runs checks when they are due and turns their results into verdicts. */
final class CheckRounds {

  /** While a check is undecided it is repeated this often. */
  static final long REPEAT_MILLIS = 1_000;

  /** As {@link #REPEAT_MILLIS}, where each run is a process of its own that writes to a disk. */
  static final long REPEAT_ON_HOST_MILLIS = 5_000;

  /** A probe that has not answered this long after its time-out is not waited for any more. */
  static final long OVERDUE_MILLIS = 5_000;

  private static final String PROCESS = "process";

  private CheckRounds() {}

  static void run(Turn turn) {
    for (ServiceWatch watch : turn.services.values()) {
      for (CheckRun run : List.copyOf(watch.runs.values())) {
        if (run.isRunning() && turn.nowBoot() >= overdueAt(run)) {
          CheckRun unanswered = run.answeredIn(OptionalLong.empty());
          result(turn, watch, unanswered, new Inconclusive(ReasonCode.PROBE_BROKEN, "no answer"));
        } else if (!run.isRunning() && turn.nowBoot() >= run.nextBoot()) {
          start(turn, watch, run);
        }
      }
      review(turn, watch);
    }
  }

  static long overdueAt(CheckRun run) {
    return run.startedBoot() + run.check().timing().timeout().toMillis() + OVERDUE_MILLIS;
  }

  static void finished(Turn turn, ProbeFinished event) {
    ServiceWatch watch = turn.services.get(event.service());
    if (watch == null) {
      return;
    }
    CheckRun run = watch.runs.get(event.check());
    // A ticket that is not the present one speaks of a process or plan that is gone.
    if (run != null && run.ticket() == event.ticket()) {
      boolean answered = event.result().isAnswer() && !run.check().probe().isOfHost();
      CheckRun ended =
          run.answeredIn(answered ? OptionalLong.of(event.tookMillis()) : OptionalLong.empty());
      result(turn, watch, ended, event.result());
    }
  }

  /** Without its process a service passes no check: all of them have to recover. */
  static void processEnded(Turn turn, ServiceWatch watch, ProcessFact.Ended fact) {
    if (!watch.managed) {
      return;
    }
    Reason proof = new Reason(ReasonCode.PROCESS_EXITED, PROCESS, fact.describe());
    watch.runs.replaceAll(
        (name, run) ->
            run.check().probe().isOfHost()
                ? run
                : run.idleUntil(turn.nowBoot() + REPEAT_MILLIS)
                    .answeredIn(OptionalLong.empty())
                    .with(run.state().afterProof(proof)));
    watch.judged = Optional.of(turn.now);
    review(turn, watch);
  }

  private static void start(Turn turn, ServiceWatch watch, CheckRun run) {
    if (run.check().probe() instanceof Probe.ProcessAlive) {
      result(turn, watch, run.started(0, turn.nowBoot()), processResult(watch));
      return;
    }
    long ticket = turn.newTicket();
    watch.runs.put(run.check().name(), run.started(ticket, turn.nowBoot()));
    turn.act(new RunProbe(watch.name(), run.check(), ticket));
  }

  private static ProbeResult processResult(ServiceWatch watch) {
    return switch (watch.process) {
      case ProcessFact.Running ignored -> new Passed();
      case ProcessFact.Ended ended -> new Failed(ReasonCode.PROCESS_EXITED, ended.describe());
      case ProcessFact.NeverStarted ignored ->
          new Inconclusive(ReasonCode.PROCESS_NOT_RUNNING, "not started yet");
      case ProcessFact.Lost lost -> new Inconclusive(ReasonCode.PROBE_BROKEN, lost.why());
      case ProcessFact.Unknown ignored -> new Inconclusive(ReasonCode.NOT_CHECKED_YET, "");
    };
  }

  private static void result(Turn turn, ServiceWatch watch, CheckRun run, ProbeResult result) {
    ProbeResult counted = result;
    if (result instanceof Failed failed && watch.isSettling(turn.nowBoot())) {
      counted = new Inconclusive(failed.code(), failed.detail());
    }
    String name = run.check().name();
    CheckRun next = run.with(run.state().after(name, run.check().timing(), counted, turn.now));
    watch.runs.put(name, next.idleUntil(nextRun(turn, watch, next)));
    watch.judged = Optional.of(turn.now);
  }

  private static long nextRun(Turn turn, ServiceWatch watch, CheckRun run) {
    long interval = run.check().timing().interval().toMillis();
    boolean awaited =
        watch.attempt.isPresent() || turn.nowBoot() < watch.settlingUntil && !isGood(run);
    boolean ofHost = run.check().probe().isOfHost();
    boolean repeat = run.state().isDeciding() || awaited && !ofHost;
    long soon = ofHost ? REPEAT_ON_HOST_MILLIS : REPEAT_MILLIS;
    long started = run.startedBoot() == 0 ? turn.nowBoot() : run.startedBoot();
    return Math.max(turn.nowBoot() + 1, started + (repeat ? Math.min(soon, interval) : interval));
  }

  private static boolean isGood(CheckRun run) {
    return run.state().verdict() == Verdict.HEALTHY;
  }

  /** Compares what the checks say with what was last told, and tells a change. */
  private static void review(Turn turn, ServiceWatch watch) {
    ServiceVerdict before = watch.verdict;
    ServiceVerdict after = watch.computeVerdict();
    watch.verdict = after;
    if (watch.isFlawless()) {
      watch.lastGood = watch.oldestPass();
    }
    if (after.verdict() == before.verdict()) {
      return;
    }
    watch.since = turn.now;
    if (after.verdict() == Verdict.UNHEALTHY && watch.outage.isEmpty()) {
      watch.outage = Optional.of(new OutageStart(watch.lastGood));
    }
    turn.emit(told(turn, watch, before.verdict(), 0));
  }

  /** The ledger calls these services UNKNOWN until it is told their verdicts; empty: all. */
  static void stateAgain(Turn turn, Set<String> services) {
    for (ServiceWatch watch : turn.services.values()) {
      if (services.isEmpty() || services.contains(watch.name())) {
        turn.emit(told(turn, watch, Verdict.UNKNOWN, turn.now.millisSince(watch.since)));
      }
    }
  }

  private static VerdictChanged told(
      Turn turn, ServiceWatch watch, Verdict from, long sinceAgoMillis) {
    return new VerdictChanged(
        watch.name(),
        from,
        watch.verdict.verdict(),
        watch.verdict.reasons(),
        watch.lastGood.map(good -> good.wallMillis()).orElse(0L),
        watch
            .lastGood
            .map(good -> OptionalLong.of(turn.now.millisSince(good)))
            .orElse(OptionalLong.empty()),
        sinceAgoMillis);
  }
}
