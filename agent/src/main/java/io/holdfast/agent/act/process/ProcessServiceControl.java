package io.holdfast.agent.act.process;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.ProcessFact;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services whose parents are keepers.
 *
 * <p>All work is done by one thread, {@code keepers}; a second one sleeps until a keeper reports.
 */
public final class ProcessServiceControl implements ServiceControl {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessServiceControl.class);
  private static final Duration LONGEST_GRACE = Duration.ofDays(1);
  private static final int TICKS_PER_LOG_LOOK = 60;

  private volatile ProcessServices settings;
  private final Executor context;
  private final KeeperLauncher launcher;
  private final String bootId;
  private final ProcessTable processes = new ProcessTable(Path.of("/proc"));
  private final Map<String, Keeper> keepers = new TreeMap<>();
  private final Map<String, Long> sessions = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor worker;
  private final ReportWatch watch;
  private final String requestPrefix = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final AtomicLong requests = new AtomicLong();
  private volatile Consumer<AgentEvent> listener = event -> {};
  private int ticks;

  /**
   * Nothing is touched until {@link #attach}.
   *
   * @param context on which the listener is called and returned stages complete, one after another
   * @throws IOException when the kernel's boot id cannot be read or files cannot be watched
   */
  public ProcessServiceControl(ProcessServices settings, Executor context) throws IOException {
    this.settings = settings;
    this.context = context;
    bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    launcher = new KeeperLauncher(settings.keeperProgram());
    settings.services().forEach((name, command) -> keepers.put(name, keeper(name, command)));
    worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("keepers").daemon().factory());
    watch = new ReportWatch(service -> run(() -> look(service)));
  }

  @Override
  public Set<String> services() {
    return settings.services().keySet();
  }

  @Override
  public void watch(Consumer<AgentEvent> listener) {
    this.listener = listener;
  }

  @Override
  public CompletionStage<Attached> attach() {
    CompletableFuture<Attached> attached = new CompletableFuture<>();
    run(() -> attachAll(attached));
    return attached.thenApplyAsync(found -> found, context);
  }

  /**
   * Changes the allowlist. Services that are new to it are attached as by {@link #attach}; those
   * that are no longer in it go on under their keepers, unwatched; a changed command counts from
   * the service's next start on.
   *
   * @return never completes with an exception; failures are those of new services
   */
  public CompletionStage<Attached> allow(Map<String, ServiceCommand> services) {
    CompletableFuture<Attached> attached = new CompletableFuture<>();
    ProcessServices changed = settings.with(services);
    boolean taken =
        run(
            () -> {
              settings = changed;
              Set.copyOf(keepers.keySet()).stream()
                  .filter(name -> !changed.services().containsKey(name))
                  .forEach(this::leave);
              Map<String, Keeper> fresh = new TreeMap<>();
              changed
                  .services()
                  .forEach(
                      (name, command) -> {
                        if (keepers.containsKey(name)) {
                          keeper(name).redefine(command);
                        } else {
                          fresh.put(name, keeper(name, command));
                        }
                      });
              keepers.putAll(fresh);
              attach(fresh, attached);
            });
    if (!taken) {
      attached.complete(new Attached(List.of(), Map.of()));
    }
    return attached.thenApplyAsync(found -> found, context);
  }

  private void leave(String service) {
    watch.remove(service);
    sessions.remove(service);
    keeper(service).leave();
    keepers.remove(service);
    LOG.info("{}: not in the configuration any more; it goes on unguarded", service);
  }

  private Keeper keeper(String service, ServiceCommand command) {
    return new Keeper(
        service,
        command,
        new KeeperDirectory(settings.keepers().resolve(service)),
        launcher,
        processes,
        bootId,
        this::tell);
  }

  @Override
  public CompletionStage<ActionOutcome> start(String service) {
    return request(service, Request.Verb.START, Duration.ZERO);
  }

  @Override
  public CompletionStage<ActionOutcome> stop(String service, Duration grace) {
    return request(service, Request.Verb.STOP, grace);
  }

  @Override
  public CompletionStage<ActionOutcome> restart(
      String service, Duration grace, ProcessFact judged) {
    return request(service, Request.Verb.RESTART, grace, judged);
  }

  @Override
  public CompletionStage<ActionOutcome> kill(String service) {
    return request(service, Request.Verb.KILL, Duration.ZERO);
  }

  @Override
  public Map<String, Long> residentBytes() {
    Map<String, Long> known = new HashMap<>(sessions);
    Map<Long, Long> bytes = processes.residentBytes(Set.copyOf(known.values()));
    Map<String, Long> ofServices = new TreeMap<>();
    known.forEach(
        (service, session) -> {
          if (bytes.containsKey(session)) {
            ofServices.put(service, bytes.get(session));
          }
        });
    return ofServices;
  }

  @Override
  public void close() {
    watch.close();
    worker.shutdownNow();
  }

  private CompletionStage<ActionOutcome> request(
      String service, Request.Verb verb, Duration grace) {
    return request(service, verb, grace, new ProcessFact.Unknown());
  }

  private CompletionStage<ActionOutcome> request(
      String service, Request.Verb verb, Duration grace, ProcessFact judged) {
    CompletableFuture<ActionOutcome> outcome = new CompletableFuture<>();
    if (!settings.services().containsKey(service)) {
      outcome.complete(
          new Refused(
              service
                  + " is not among the services that this host's configuration lets the agent"
                  + " start and stop: "
                  + settings.services().keySet().stream().sorted().toList()));
    } else if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      outcome.complete(new Refused("a grace of " + grace + " is not between 0 and a day"));
    } else {
      String id = requestPrefix + requests.incrementAndGet();
      if (!run(() -> submit(service, new Request(id, verb, grace, judged, outcome)))) {
        outcome.complete(new Failed("the agent is ending"));
      }
    }
    return outcome.thenApplyAsync(done -> done, context);
  }

  private void submit(String service, Request request) {
    if (keepers.containsKey(service)) {
      keeper(service).submit(request, System.nanoTime());
    } else {
      request.outcome().complete(new Failed(service + " left the configuration just now"));
    }
  }

  private void attachAll(CompletableFuture<Attached> attached) throws IOException {
    warnOfStrangers();
    attach(keepers, attached);
    Future<?> unused = worker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void attach(Map<String, Keeper> fresh, CompletableFuture<Attached> attached) {
    long nanos = System.nanoTime();
    Map<String, CompletableFuture<Optional<String>>> all = new TreeMap<>();
    List<String> reattached = new ArrayList<>();
    fresh.forEach(
        (service, keeper) -> {
          all.put(service, keeper.attach(nanos));
          keeper.running().ifPresent(process -> reattached.add(service));
          try {
            watch.add(service, keeper.directory().reports());
          } catch (IOException e) {
            LOG.warn("{}: reports are noticed within a second only: {}", service, e.getMessage());
          }
        });
    CompletableFuture<Void> unusedToo =
        CompletableFuture.allOf(all.values().toArray(CompletableFuture[]::new))
            .thenRun(() -> attached.complete(attached(reattached, all)));
    fresh.values().forEach(keeper -> guarded(keeper::look)); // what came before the watch
  }

  private static Attached attached(
      List<String> reattached, Map<String, CompletableFuture<Optional<String>>> all) {
    Map<String, String> failures = new TreeMap<>();
    all.forEach(
        (service, failure) ->
            failure.getNow(Optional.empty()).ifPresent(detail -> failures.put(service, detail)));
    return new Attached(reattached, failures);
  }

  private void warnOfStrangers() throws IOException {
    if (Files.isDirectory(settings.keepers())) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(settings.keepers())) {
        for (Path directory : directories) {
          if (!keepers.containsKey(String.valueOf(directory.getFileName()))) {
            LOG.warn(
                "{} belongs to no service of the configuration; if its service still runs, end it"
                    + " with: {} quit {}",
                directory,
                settings.keeperProgram(),
                directory);
          }
        }
      }
    }
  }

  /** Its reports may have been written just before it was left. */
  private void look(String service) throws IOException {
    if (keepers.containsKey(service)) {
      keeper(service).look();
    }
  }

  private Keeper keeper(String service) {
    return Objects.requireNonNull(keepers.get(service), service);
  }

  private void tick() {
    long nanos = System.nanoTime();
    ticks++;
    keepers.forEach(
        (service, keeper) ->
            guarded(
                () -> {
                  keeper.tick(nanos);
                  if (ticks % TICKS_PER_LOG_LOOK == 0) {
                    keeper.directory().boundLog();
                  }
                }));
  }

  private void tell(AgentEvent event) {
    switch (event) {
      case AgentEvent.ProcessRunning running -> sessions.put(running.service(), running.pid());
      case AgentEvent.ProcessEnded ended -> sessions.remove(ended.service());
      default -> {}
    }
    context.execute(() -> listener.accept(event));
  }

  /** Something that may fail on files, and must not end the thread that does it. */
  private interface FileWork {
    void run() throws IOException;
  }

  private boolean run(FileWork work) {
    try {
      worker.execute(() -> guarded(work));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void guarded(FileWork work) {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("keepers: {}", e.toString(), e);
    }
  }
}
