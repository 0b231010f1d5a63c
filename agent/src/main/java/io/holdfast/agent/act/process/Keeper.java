package io.holdfast.agent.act.process;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Overtaken;
import io.holdfast.core.agent.AgentEvent;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent knows of one service and its keeper. Used by one thread alone. */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration BEGIN_PATIENCE = Duration.ofSeconds(15);

  private final String service;
  private ServiceCommand command;
  private final KeeperDirectory directory;
  private final KeeperLauncher launcher;
  private final ProcessTable processes;
  private final ReportTail tail;
  private final ServiceHistory history;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Consumer<AgentEvent> events;
  private @Nullable CompletableFuture<Optional<String>> attaching;
  private long launchDeadline;
  private boolean launching;
  private long marked;

  /** A request and when its keeper counts as stuck; it is sent once there is a keeper. */
  private record Waiting(Request request, long deadline, boolean sent) {}

  Keeper(
      String service,
      ServiceCommand command,
      KeeperDirectory directory,
      KeeperLauncher launcher,
      ProcessTable processes,
      String bootId,
      Consumer<AgentEvent> events) {
    this.service = service;
    this.command = command;
    this.directory = directory;
    this.launcher = launcher;
    this.processes = processes;
    this.tail = directory.tail();
    this.history = new ServiceHistory(service, bootId);
    this.events = events;
  }

  KeeperDirectory directory() {
    return directory;
  }

  /** How the service is started from the next start on. */
  void redefine(ServiceCommand changed) {
    command = changed;
  }

  /** Answers what waits; the service and the keeper's process go on. */
  void leave() {
    fail(service + " is not in the configuration any more");
  }

  /** The main process, while one runs. */
  Optional<ProcessId> running() {
    return history.running();
  }

  /**
   * Takes over a living keeper, else begins one; the stage ends with what went wrong, or empty. The
   * events of what no agent told yet, and of the present state, come before it ends.
   */
  CompletableFuture<Optional<String>> attach(long nanos) {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    attaching = answer;
    try {
      directory.create();
      history.attach(tail.read(), directory.readSeen());
      if (history.keeper().filter(processes::lives).isPresent()) {
        finishAttach(answer, Optional.empty());
      } else {
        history.keeperDied();
        launch(nanos);
      }
    } catch (IOException e) {
      finishAttach(answer, Optional.of(readable(e)));
    }
    return answer;
  }

  /** Carries out the request as soon as there is a keeper. */
  void submit(Request request, long nanos) {
    long pid = history.running().map(ProcessId::pid).orElse(0L);
    if (request.judged().isOutdatedBy(pid)) {
      request.outcome().complete(new Overtaken(service + " runs anew already, as process " + pid));
      return;
    }
    long deadline = nanos + request.patience().toNanos();
    waiting.put(request.id(), new Waiting(request, deadline, false));
    try {
      if (history.keeper().filter(processes::lives).isPresent()) {
        send();
      } else if (!launching) {
        look();
        launch(nanos);
      }
    } catch (IOException e) {
      answer(request.id(), new Failed(readable(e)));
    }
  }

  /** Reads what the keeper reported since. */
  void look() throws IOException {
    for (Report report : tail.read()) {
      history.apply(report).forEach(events);
      switch (report) {
        case Report.Answered answered ->
            answer(
                answered.request(),
                answered.failure().<ActionOutcome>map(Failed::new).orElseGet(Done::new));
        case Report.Began began -> begun();
        case Report.Started s -> {}
        case Report.Exited e -> {}
        case Report.Unstarted u -> {}
        case Report.Quit q -> {}
      }
    }
  }

  /** Once a second: notices a dead keeper and what waits too long. */
  void tick(long nanos) throws IOException {
    boolean gone = history.keeper().filter(keeper -> !processes.lives(keeper)).isPresent();
    look();
    if (gone) {
      keeperGone();
    }
    if (launching && nanos - launchDeadline > 0) {
      launching = false;
      fail("the keeper did not begin: " + KeeperLauncher.lastWords(directory));
    }
    List<Waiting> late = waiting.values().stream().filter(w -> nanos - w.deadline() > 0).toList();
    for (Waiting w : late) {
      answer(
          w.request().id(),
          new Failed(
              "the keeper did not answer within " + w.request().patience().toSeconds() + " s"));
    }
    mark();
  }

  private void launch(long nanos) throws IOException {
    launching = true;
    launchDeadline = nanos + BEGIN_PATIENCE.toNanos();
    try {
      launcher.launch(directory);
    } catch (IOException e) {
      launching = false;
      throw e;
    }
  }

  private void begun() throws IOException {
    launching = false;
    if (attaching != null) {
      finishAttach(attaching, Optional.empty());
    }
    // What a keeper before this one was asked for and did not answer is asked for again.
    waiting.replaceAll((id, w) -> new Waiting(w.request(), w.deadline(), false));
    send();
  }

  private void finishAttach(CompletableFuture<Optional<String>> answer, Optional<String> failure) {
    history.told().forEach(events);
    answer.complete(failure);
    attaching = null;
  }

  private void send() throws IOException {
    for (Waiting w : List.copyOf(waiting.values())) {
      if (!w.sent()) {
        if (w.request().verb().starts()) {
          directory.writeSpec(command);
        }
        directory.send(w.request().line());
        waiting.put(w.request().id(), new Waiting(w.request(), w.deadline(), true));
      }
    }
  }

  /** The kernel kills the service with its keeper; it is told as ended once it is gone. */
  private void keeperGone() {
    if (history.running().filter(processes::lives).isPresent()) {
      return;
    }
    LOG.warn("{}: its keeper died, and the service with it", service);
    history.keeperDied().forEach(events);
    fail("the keeper of " + service + " died");
  }

  private void fail(String detail) {
    if (attaching != null) {
      finishAttach(attaching, Optional.of(detail));
    }
    List.copyOf(waiting.keySet()).forEach(id -> answer(id, new Failed(detail)));
  }

  private void answer(String id, ActionOutcome outcome) {
    Waiting answered = waiting.remove(id);
    if (answered != null) {
      answered.request().outcome().complete(outcome);
    }
  }

  /** A second late, so that what an agent heard but could not keep is told again by the next. */
  private void mark() throws IOException {
    if (history.marked() > marked) {
      marked = history.marked();
      directory.writeSeen(marked);
    }
    history.markTold();
  }

  static String readable(IOException e) {
    return e instanceof FileSystemException && e.getMessage() != null
        ? "cannot be used: " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
