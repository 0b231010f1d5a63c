package io.holdfast.agent.app;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction;
import io.holdfast.core.agent.AgentAction.Emit;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.AgentAction.StartService;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentState;
import io.holdfast.core.agent.AgentStep;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.ServiceMemory;
import io.holdfast.core.agent.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Drives the agent's step: takes events one at a time and carries out what the step returns. Used
 * on one event loop; a port may answer at once or later.
 */
final class AgentLoop {

  private final Supplier<Moment> clock;
  private final Ports ports;
  private final Deque<AgentEvent> queue = new ArrayDeque<>();
  private AgentState state;
  private boolean stepping;

  /** What the loop needs of the world. Each answers with an event. */
  interface Ports {
    /** Runs the probe and answers with {@link AgentEvent.ProbeFinished}. */
    void probe(RunProbe action);

    /** Starts the service and answers with {@link AgentEvent.ActionFinished}. */
    void start(StartService action);

    /** Restarts the service and answers with {@link AgentEvent.ActionFinished}. */
    void restart(RestartService action);

    /** Leaves this to the next agent; a restart of this step waits for it. */
    void remember(Map<String, ServiceMemory> memories);

    /** Keeps the events, in this order, until the ledger has them. */
    void spool(List<HostEvent> events, Moment at);

    /** Calls {@link #wake} at this boot-clock time; replaces an earlier wish. */
    void wakeAt(long bootMillis);
  }

  AgentLoop(Supplier<Moment> clock, Ports ports, AgentState state) {
    this.clock = clock;
    this.ports = ports;
    this.state = state;
  }

  AgentState state() {
    return state;
  }

  void wake() {
    take(new AgentEvent.Woken());
  }

  /** Takes an event; one that a port raises meanwhile waits for its turn. */
  void take(AgentEvent event) {
    queue.add(event);
    if (stepping) {
      return;
    }
    stepping = true;
    try {
      while (!queue.isEmpty()) {
        step(queue.poll());
      }
    } finally {
      stepping = false;
    }
  }

  private void step(AgentEvent event) {
    Moment now = clock.get();
    Step step = AgentStep.step(state, event, now);
    state = step.next();
    List<HostEvent> told = told(step);
    if (!told.isEmpty()) {
      ports.remember(state.memories());
      ports.spool(told, now);
    }
    for (AgentAction action : step.actions()) {
      switch (action) {
        case Emit emit -> {}
        case RunProbe probe -> ports.probe(probe);
        case StartService start -> ports.start(start);
        case RestartService restart -> ports.restart(restart);
      }
    }
    ports.wakeAt(step.wakeAtBoot());
  }

  private static List<HostEvent> told(Step step) {
    return step.actions().stream()
        .filter(Emit.class::isInstance)
        .map(action -> ((Emit) action).event())
        .toList();
  }
}
