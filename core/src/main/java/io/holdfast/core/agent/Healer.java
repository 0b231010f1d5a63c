package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.AgentEvent.ActionFinished;
import io.holdfast.core.agent.HostEvent.HealingFailed;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.agent.HostEvent.HealingStarted;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.agent.ServiceMemory.OutageStart;
import io.holdfast.core.healing.Backoff;
import io.holdfast.core.healing.HealingDecision;
import io.holdfast.core.healing.HealingDecision.Act;
import io.holdfast.core.healing.HealingDecision.Hold;
import io.holdfast.core.healing.HealingDecision.Wait;
import io.holdfast.core.healing.HealingPolicy;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Detail;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.util.Optional;
import java.util.OptionalLong;

/** Restarts what is down by its rule, verifies it, and tells why it holds. */
final class Healer {

  private Healer() {}

  static void run(Turn turn) {
    for (ServiceWatch watch : turn.services.values()) {
      watch.attempt.ifPresent(attempt -> verify(turn, watch, attempt));
      if (watch.verdict.verdict() == Verdict.HEALTHY) {
        recovered(turn, watch);
      } else if (watch.verdict.verdict() == Verdict.UNKNOWN) {
        watch.held = Optional.empty(); // what held then may not hold now
        watch.healAt = Long.MAX_VALUE;
      } else if (watch.attempt.isEmpty()) {
        heal(turn, watch);
      }
    }
  }

  static void actionFinished(Turn turn, ActionFinished event) {
    ServiceWatch watch = turn.services.get(event.service());
    if (watch == null) {
      return;
    }
    Optional<Attempt> attempt =
        watch.attempt.filter(mine -> mine.ticket() == event.ticket() && mine.ticket() != 0);
    if (attempt.isPresent() && !event.overtaken().isEmpty()) {
      overtaken(turn, watch, attempt.get(), event.overtaken());
    } else if (attempt.isPresent() && event.failure().isEmpty()) {
      watch.attempt = Optional.of(attempt.get().done(turn.nowBoot()));
      watch.checkAfresh(turn.nowBoot());
    } else if (attempt.isPresent()) {
      failed(turn, watch, attempt.get(), event.failure());
    } else if (!event.failure().isEmpty() && watch.settlingUntil > 0) {
      // The first start did not work: the checks may speak from now on.
      watch.settlingUntil = turn.nowBoot();
      watch.checkAfresh(turn.nowBoot());
    }
  }

  /** Begun by somebody else, when there is no action of ours: it has to show what it is worth. */
  static void processBegan(Turn turn, ServiceWatch watch, long pid) {
    boolean down = watch.verdict.verdict() == Verdict.UNHEALTHY;
    if (watch.managed && down && watch.attempt.isEmpty()) {
      letSettle(turn, watch, Trigger.SERVICE_DOWN, "process " + pid + " began without the agent");
    }
  }

  /** What somebody else did is none of our attempts, unless it did not last. */
  private static void overtaken(Turn turn, ServiceWatch watch, Attempt attempt, String how) {
    if (watch.process instanceof ProcessFact.Ended ended) {
      failed(turn, watch, attempt, how + "; the process " + ended.describe());
      return;
    }
    Trigger trigger = attempt.rule().trigger();
    if (trigger == Trigger.SERVICE_DOWN) {
      watch.log = watch.log.withdrawn();
    }
    watch.attempt = Optional.empty();
    watch.checkAfresh(turn.nowBoot());
    letSettle(turn, watch, trigger, how);
  }

  /** Its checks have the time that they have after a restart of ours. */
  private static void letSettle(Turn turn, ServiceWatch watch, Trigger trigger, String how) {
    watch.settlingUntil = turn.nowBoot() + Attempt.VERIFY_MILLIS;
    watch.held = Optional.empty();
    turn.emit(
        new HealingHeld(
            watch.name(), trigger, HeldReason.RESTARTED_BY_ANOTHER, Detail.oneLine(how)));
  }

  static void processEnded(Turn turn, ServiceWatch watch, ProcessFact.Ended fact) {
    settled(turn, watch);
    watch
        .attempt
        .filter(Attempt::isVerifying)
        .ifPresent(attempt -> failed(turn, watch, attempt, "the process " + fact.describe()));
  }

  static void begin(Turn turn, ServiceWatch watch, HealingRule rule, int number) {
    long ticket = turn.newTicket();
    watch.attempt = Optional.of(new Attempt(rule, number, ticket, turn.nowBoot(), 0));
    watch.held = Optional.empty();
    watch.healAt = Long.MAX_VALUE;
    turn.emit(
        new HealingStarted(
            watch.name(), rule.trigger(), rule.action(), number, rule.maxAttempts()));
    turn.act(new RestartService(watch.name(), ticket, watch.process));
  }

  private static void verify(Turn turn, ServiceWatch watch, Attempt attempt) {
    boolean good =
        attempt.isVerifying()
            && watch.verdict.verdict() == Verdict.HEALTHY
            && watch.everyCheckPassedSince(attempt.doneBoot());
    if (good) {
      watch.attempt = Optional.empty();
      turn.emit(
          new HealingVerified(
              watch.name(),
              attempt.rule().trigger(),
              attempt.number(),
              outageMillis(watch, turn.now),
              turn.nowBoot() - attempt.startedBoot()));
    } else if (turn.nowBoot() >= attempt.deadline()) {
      String detail =
          attempt.isVerifying()
              ? "not healthy " + Attempt.VERIFY_MILLIS / 1_000 + " s after the restart"
              : "the restart did not end within " + Attempt.ACTION_MILLIS / 1_000 + " s";
      failed(turn, watch, attempt, detail);
    }
  }

  private static OptionalLong outageMillis(ServiceWatch watch, Moment now) {
    Optional<Moment> lastGood = watch.outage.flatMap(OutageStart::lastGood);
    return lastGood.isPresent()
        ? OptionalLong.of(now.millisSince(lastGood.get()))
        : OptionalLong.empty();
  }

  private static void failed(Turn turn, ServiceWatch watch, Attempt attempt, String detail) {
    HealingRule rule = attempt.rule();
    watch.attempt = Optional.empty();
    OptionalLong retry = OptionalLong.empty();
    if (rule.trigger() == Trigger.SERVICE_DOWN) {
      long wait = Backoff.millisAfter(rule, attempt.number(), turn.draw());
      watch.log = watch.log.waitingUntil(turn.nowBoot() + wait);
      retry = attempt.number() < rule.maxAttempts() ? OptionalLong.of(wait) : OptionalLong.empty();
    }
    turn.emit(
        new HealingFailed(
            watch.name(), rule.trigger(), attempt.number(), Detail.oneLine(detail), retry));
  }

  /** It works, or it failed again: there is nothing left to wait for. */
  private static void settled(Turn turn, ServiceWatch watch) {
    watch.settlingUntil = Math.min(watch.settlingUntil, turn.nowBoot());
  }

  private static void recovered(Turn turn, ServiceWatch watch) {
    settled(turn, watch);
    if (watch.attempt.isEmpty()) {
      watch.outage = Optional.empty();
    }
    watch.held = Optional.empty();
    watch.healAt = Long.MAX_VALUE;
  }

  private static void heal(Turn turn, ServiceWatch watch) {
    if (turn.nowBoot() < watch.settlingUntil) {
      watch.healAt = watch.settlingUntil;
      return;
    }
    if (watch.held.isPresent() && turn.nowBoot() < watch.healAt) {
      return;
    }
    Optional<HealingRule> rule =
        turn.plan.flatMap(plan -> plan.ruleFor(Trigger.SERVICE_DOWN, watch.name()));
    HealingDecision decision =
        HealingPolicy.decide(
            rule, watch.log, watch.managed, watch.verdict.reasons(), turn.nowBoot());
    switch (decision) {
      case Act act -> {
        watch.log = act.log();
        begin(turn, watch, rule.orElseThrow(), act.attempt());
      }
      case Wait wait -> watch.healAt = wait.bootMillis();
      case Hold hold -> hold(turn, watch, hold);
    }
  }

  private static void hold(Turn turn, ServiceWatch watch, Hold hold) {
    // Reasons can change while the service stays down, so a hold without a date is asked again.
    watch.healAt = hold.askAgain().orElse(turn.nowBoot() + CheckRounds.REPEAT_MILLIS);
    if (!watch.held.equals(Optional.of(hold.reason()))) {
      watch.held = Optional.of(hold.reason());
      turn.emit(new HealingHeld(watch.name(), Trigger.SERVICE_DOWN, hold.reason(), hold.detail()));
    }
  }
}
