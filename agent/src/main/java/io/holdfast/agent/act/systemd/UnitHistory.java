package io.holdfast.agent.act.systemd;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** What the states of one unit add up to: runs of its main process, and what is to be told. */
final class UnitHistory {
  /** Exit codes from here on are systemd's own: the program was never reached. */
  private static final int FIRST_OF_SYSTEMD = 200;

  private static final int LAST_OF_SYSTEMD = 243;

  private final String service;
  private final LongUnaryOperator bootMillis;
  private State state = new State.Nothing();

  private sealed interface State {
    record Nothing() implements State {}

    record Running(Run run) implements State {}

    record Ended(Run run) implements State {}

    record FailedBefore(long changed) implements State {}
  }

  /** One life of the main process. */
  private record Run(long pid, long startedMicros) {}

  /**
   * @param bootMillis the boot clock's time of microseconds of the monotonic clock
   */
  UnitHistory(String service, LongUnaryOperator bootMillis) {
    this.service = service;
    this.bootMillis = bootMillis;
  }

  /** The present state for a listener that knows nothing. */
  AgentEvent present(UnitState now) {
    if (now.isRunning()) {
      Run run = new Run(now.mainPid(), now.startedMicros());
      state = new State.Running(run);
      return running(run, true);
    }
    if (now.hasExited()) {
      Run run = lastRun(now);
      state = new State.Ended(run);
      return ended(run, now);
    }
    if (now.hasFailed()) {
      state = new State.FailedBefore(now.stateChanged());
      return failedBefore(now);
    }
    state = new State.Nothing();
    return new ProcessNeverStarted(service);
  }

  /** What happened between the state before and this one. */
  List<AgentEvent> apply(UnitState now) {
    if (now.isRunning()) {
      return nowRunning(new Run(now.mainPid(), now.startedMicros()));
    }
    if (now.hasExited()) {
      return nowEnded(lastRun(now), now);
    }
    if (now.hasFailed() && !state.equals(new State.FailedBefore(now.stateChanged()))) {
      state = new State.FailedBefore(now.stateChanged());
      return List.of(failedBefore(now));
    }
    return now.isDown() ? endOfRunning() : List.of();
  }

  private List<AgentEvent> nowRunning(Run run) {
    if (state.equals(new State.Running(run))) {
      return List.of();
    }
    List<AgentEvent> events = new ArrayList<>(endOfRunning());
    state = new State.Running(run);
    events.add(running(run, false));
    return events;
  }

  private List<AgentEvent> nowEnded(Run run, UnitState now) {
    if (state.equals(new State.Ended(run))) {
      return List.of();
    }
    List<AgentEvent> events = new ArrayList<>();
    if (!state.equals(new State.Running(run))) {
      events.addAll(endOfRunning());
      if (!neverReached(now)) {
        events.add(running(run, false));
      }
    }
    state = new State.Ended(run);
    events.add(ended(run, now));
    return events;
  }

  /** A run whose end nobody saw: systemd has forgotten it. */
  private List<AgentEvent> endOfRunning() {
    if (!(state instanceof State.Running before)) {
      return List.of();
    }
    state = new State.Nothing();
    return List.of(new ProcessEnded(service, before.run().pid(), -1, 0));
  }

  private static boolean neverReached(UnitState now) {
    return now.exitCode() >= FIRST_OF_SYSTEMD && now.exitCode() <= LAST_OF_SYSTEMD;
  }

  private static Run lastRun(UnitState now) {
    return new Run(now.lastPid(), now.startedMicros());
  }

  private ProcessRunning running(Run run, boolean reattached) {
    long since = bootMillis.applyAsLong(run.startedMicros());
    return new ProcessRunning(service, run.pid(), since, reattached);
  }

  private ProcessEnded ended(Run run, UnitState now) {
    return new ProcessEnded(service, run.pid(), now.exitCode(), now.signal(), ending(now));
  }

  private ProcessEnded failedBefore(UnitState now) {
    return new ProcessEnded(service, 0, -1, 0, ending(now));
  }

  private static Ending ending(UnitState now) {
    return new Ending(now.result(), now.restarts(), List.of());
  }
}
