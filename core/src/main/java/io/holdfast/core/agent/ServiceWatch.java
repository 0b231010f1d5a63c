package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ProcessFact.NeverStarted;
import io.holdfast.core.agent.ServiceMemory.OutageStart;
import io.holdfast.core.healing.HealingLog;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.CheckState;
import io.holdfast.core.health.ServiceVerdict;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the agent knows of one service. A step works on copies, so that a state is never changed by
 * the step that follows it.
 */
final class ServiceWatch {

  final Service service;
  final boolean managed;
  ProcessFact process;
  final Map<String, CheckRun> runs = new LinkedHashMap<>();
  ServiceVerdict verdict = new ServiceVerdict(Verdict.UNKNOWN, List.of());
  Moment since;
  Optional<Moment> lastGood = Optional.empty();

  /** When a check last ended or the process was seen to end. */
  Optional<Moment> judged = Optional.empty();

  /** Present from the first UNHEALTHY verdict to the next HEALTHY one. */
  Optional<OutageStart> outage = Optional.empty();

  HealingLog log = HealingLog.NEW;
  Optional<Attempt> attempt = Optional.empty();
  Optional<HeldReason> held = Optional.empty();

  /** When the healing rule is asked again; {@link Long#MAX_VALUE}: not by itself. */
  long healAt = Long.MAX_VALUE;

  /**
   * Until then a service may fail its checks without blame that was started for the first time, or
   * run anew by somebody else.
   */
  long settlingUntil;

  ServiceWatch(Service service, boolean managed, ProcessFact process, Moment now) {
    this.service = service;
    this.managed = managed;
    this.process = process;
    this.since = now;
    for (Check check : service.checks()) {
      if (managed || !(check.probe() instanceof Probe.ProcessAlive)) {
        runs.put(check.name(), CheckRun.due(check, CheckState.NEW, now.bootMillis()));
      }
    }
  }

  private ServiceWatch(ServiceWatch other) {
    service = other.service;
    managed = other.managed;
    process = other.process;
    runs.putAll(other.runs);
    verdict = other.verdict;
    since = other.since;
    lastGood = other.lastGood;
    judged = other.judged;
    outage = other.outage;
    log = other.log;
    attempt = other.attempt;
    held = other.held;
    healAt = other.healAt;
    settlingUntil = other.settlingUntil;
  }

  ServiceWatch copy() {
    return new ServiceWatch(this);
  }

  /** The watch of a changed definition, with all that is still true of the old one. */
  ServiceWatch redefined(Service changed, boolean nowManaged, Moment now) {
    ServiceWatch next = new ServiceWatch(changed, nowManaged, process, now);
    next.runs.replaceAll(
        (name, run) -> {
          CheckRun old = runs.get(name);
          return old != null && old.check().equals(run.check()) ? old : run;
        });
    next.verdict = verdict;
    next.since = since;
    next.lastGood = lastGood;
    next.judged = judged;
    next.outage = outage;
    next.log = log;
    next.attempt = attempt;
    next.settlingUntil = settlingUntil;
    return next;
  }

  String name() {
    return service.name();
  }

  boolean wantsFirstStart() {
    return managed && process instanceof NeverStarted && settlingUntil == 0;
  }

  boolean isSettling(long nowBoot) {
    return verdict.verdict() == Verdict.UNKNOWN && nowBoot < settlingUntil;
  }

  ServiceVerdict computeVerdict() {
    Map<String, CheckState> states = new LinkedHashMap<>();
    runs.forEach((name, run) -> states.put(name, run.state()));
    return ServiceVerdict.of(states);
  }

  /** What the slowest of the newest answers took. */
  OptionalLong answerMillis() {
    return runs.values().stream()
        .map(CheckRun::answerMillis)
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  /** When every check had passed last: the oldest of their last passes. */
  Optional<Moment> oldestPass() {
    return runs.values().stream()
        .map(run -> run.state().lastPass())
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(Moment::bootMillis));
  }

  /** Of the checks that ask the service: a disk is not asked anew because a process is new. */
  boolean everyCheckPassedSince(long boot) {
    return runs.values().stream()
        .filter(run -> !run.check().probe().isOfHost())
        .allMatch(
            run -> run.state().lastPass().map(pass -> pass.bootMillis() >= boot).orElse(false));
  }

  boolean isFlawless() {
    return verdict.verdict() == Verdict.HEALTHY
        && runs.values().stream().noneMatch(run -> run.state().isDeciding());
  }

  /**
   * All checks of the service run as soon as they may; what is under way speaks of the past and is
   * not waited for. Passes count apart only when time lies between them, so a process that lived
   * for a moment is not taken for a healthy one.
   */
  void checkAfresh(long nowBoot) {
    runs.replaceAll(
        (name, run) -> {
          if (run.check().probe().isOfHost()) {
            return run;
          }
          long lastPass = run.state().lastPass().map(Moment::bootMillis).orElse(Long.MIN_VALUE / 2);
          return run.idleUntil(Math.max(nowBoot, lastPass + CheckRounds.REPEAT_MILLIS));
        });
  }
}
