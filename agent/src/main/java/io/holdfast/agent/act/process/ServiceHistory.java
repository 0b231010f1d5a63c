package io.holdfast.agent.act.process;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the reports of one service add up to: its keeper, its process, and what is to be told. */
final class ServiceHistory {
  private static final int SIGKILL = 9;
  private static final int NOT_FOUND = 127;

  private final String service;
  private final String bootId;
  private Optional<ProcessId> keeper = Optional.empty();
  private State state = new State.Never();
  private boolean ofThisBoot;
  private long sequence;
  private long markable;
  private long marked;
  private List<AgentEvent> untold = List.of();

  private sealed interface State {
    record Never() implements State {}

    record Running(ProcessId process, long bootMillis) implements State {}

    record Ended(long pid, int code, int signal) implements State {}
  }

  ServiceHistory(String service, String bootId) {
    this.service = service;
    this.bootId = bootId;
  }

  /** The keeper that reported last; empty when it quit, died or is of another boot. */
  Optional<ProcessId> keeper() {
    return keeper;
  }

  /** The main process, while one runs. */
  Optional<ProcessId> running() {
    return state instanceof State.Running running
        ? Optional.of(running.process())
        : Optional.empty();
  }

  /** The last sequence that a listener has surely been told. */
  long marked() {
    return marked;
  }

  /** What was told up to the last call is surely told now. */
  void markTold() {
    marked = markable;
    markable = sequence;
  }

  /** Adds what a new agent finds; {@link #told} then says what its listener is to hear. */
  void attach(List<Report> reports, long seen) {
    long last = reports.isEmpty() ? 0 : reports.getLast().sequence();
    long known = last < seen ? 0 : seen; // the reports were begun anew
    List<AgentEvent> events = new ArrayList<>();
    for (Report report : reports) {
      List<AgentEvent> caused = apply(report);
      if (report.sequence() > known) {
        events.addAll(caused);
      }
    }
    untold = events;
  }

  /** What happened while no agent watched, ending with the present state. */
  List<AgentEvent> told() {
    List<AgentEvent> events = new ArrayList<>();
    for (AgentEvent event : untold) {
      events.add(
          event instanceof ProcessRunning running
              ? new ProcessRunning(service, running.pid(), running.since(), true)
              : event);
    }
    AgentEvent present = present();
    if (events.isEmpty() || !events.getLast().equals(present)) {
      events.add(present);
    }
    untold = List.of();
    return events;
  }

  /** Adds a report; returns what it tells. */
  List<AgentEvent> apply(Report report) {
    sequence = report.sequence();
    if (!ofThisBoot && !(report instanceof Report.Began)) {
      return List.of();
    }
    return switch (report) {
      case Report.Began began -> began(began);
      case Report.Started started -> {
        state = new State.Running(started.process(), started.bootMillis());
        yield List.of(
            new ProcessRunning(service, started.process().pid(), started.bootMillis(), false));
      }
      case Report.Exited exited ->
          ended(new State.Ended(exited.pid(), exited.code(), exited.signal()));
      case Report.Unstarted unstarted -> {
        state = new State.Ended(unstarted.pid(), NOT_FOUND, 0);
        yield List.of();
      }
      case Report.Answered answered -> List.of();
      case Report.Quit quit -> {
        keeper = Optional.empty();
        state = new State.Never();
        yield List.of();
      }
    };
  }

  /** The keeper died, and by its death the service too. */
  List<AgentEvent> keeperDied() {
    keeper = Optional.empty();
    return running()
        .map(process -> ended(new State.Ended(process.pid(), -1, SIGKILL)))
        .orElse(List.of());
  }

  private List<AgentEvent> began(Report.Began began) {
    ofThisBoot = began.bootId().equals(bootId);
    if (!ofThisBoot) {
      keeper = Optional.empty();
      state = new State.Never();
      return List.of();
    }
    List<AgentEvent> events = keeperDied();
    keeper = Optional.of(began.keeper());
    return events;
  }

  private List<AgentEvent> ended(State.Ended end) {
    state = end;
    return List.of(new ProcessEnded(service, end.pid(), end.code(), end.signal()));
  }

  private AgentEvent present() {
    return switch (state) {
      case State.Never never -> new ProcessNeverStarted(service);
      case State.Running running ->
          new ProcessRunning(service, running.process().pid(), running.bootMillis(), true);
      case State.Ended end -> new ProcessEnded(service, end.pid(), end.code(), end.signal());
    };
  }
}
