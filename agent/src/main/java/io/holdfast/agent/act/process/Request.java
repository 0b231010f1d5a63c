package io.holdfast.agent.act.process;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.core.agent.ProcessFact;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * One action on one service.
 *
 * @param id names it in the keeper's answer
 * @param grace zero where the verb has none
 * @param judged the main process that a restart is to end
 */
record Request(
    String id,
    Verb verb,
    Duration grace,
    ProcessFact judged,
    CompletableFuture<ActionOutcome> outcome) {

  /** What a keeper can do. */
  enum Verb {
    START,
    STOP,
    RESTART,
    KILL;

    boolean starts() {
      return this == START || this == RESTART;
    }
  }

  /** The line for the keeper. */
  String line() {
    String name = verb.name().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case START, KILL -> name + " " + id;
      case STOP, RESTART -> name + " " + id + " " + grace.toMillis();
    };
  }

  /** Beyond this the keeper counts as stuck: it waits 10 s for what SIGKILL does not end. */
  Duration patience() {
    return grace.plusSeconds(30);
  }
}
