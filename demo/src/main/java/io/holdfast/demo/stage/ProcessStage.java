package io.holdfast.demo.stage;

import io.holdfast.demo.story.HopelessException;
import io.holdfast.demo.story.Narrator;
import io.holdfast.demo.story.Stage;
import io.holdfast.demo.trading.TradingEngine;
import io.holdfast.demo.truth.TradeCount;
import io.holdfast.demo.truth.TradeLog;
import io.holdfast.pki.DemoPki;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.SystemStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * The stage of processes on this machine: PostgreSQL, a collector, two agents, and what the agents
 * start.
 */
public final class ProcessStage implements Stage {

  private static final Duration COLLECTOR_START = Duration.ofSeconds(60);

  private final Machine machine;
  private final Place place;
  private final String planAddition;
  private final Narrator narrator;
  private final Launcher launcher;
  private final RunFolder run;
  private final Postgres postgres;
  private final Configuration configuration;
  private final List<Supervised> apps = new ArrayList<>();
  // Both are set by set().
  private Outside outside;
  private HoldfastApi api;
  private String planHash = "";

  /** The demo's stage, not set yet, in a run folder that is made. */
  public ProcessStage(Machine machine, RunFolder run, Narrator narrator) {
    this(machine, Place.demo(), "", run, narrator);
  }

  /**
   * A stage elsewhere, not set yet, in a run folder that is made.
   *
   * @param planAddition lines that are put after the example plan, whose last section is {@code
   *     healing}
   */
  @SuppressWarnings("NullAway.Init")
  public ProcessStage(
      Machine machine, Place place, String planAddition, RunFolder run, Narrator narrator) {
    this.machine = machine;
    this.place = place;
    this.planAddition = planAddition;
    this.narrator = narrator;
    this.run = run;
    this.launcher = new Launcher(run);
    this.postgres = new Postgres(launcher, machine.postgresBin());
    this.configuration = new Configuration(machine, place, run, postgres.port());
  }

  /** Says what is missing on this machine, before anything is made or started. */
  public static void requireReady(Machine machine) {
    requireReady(machine, Place.demo());
  }

  /** Says what is missing for a stage elsewhere. */
  public static void requireReady(Machine machine, Place place) {
    for (Apps app : Apps.values()) {
      app.requireBuilt(machine.root());
    }
    Postgres.requireVersion(machine.postgresBin());
    Ports.requireFree(place.needed());
  }

  /** The file that the command line reads to find the collector. */
  public String cliYaml() {
    return configuration.cliYaml();
  }

  /**
   * Starts everything and applies the plan. What started stays when it fails; {@link #stop()} ends
   * it.
   */
  public void set() throws InterruptedException {
    DemoPki.create(
        run.pki(),
        List.copyOf(place.sortedHosts().keySet()),
        List.of("collector-1"),
        List.of(place.collector()));
    var database = CompletableFuture.runAsync(this::startPostgres);
    startCollector();
    place.sortedHosts().keySet().forEach(this::startAgent);
    narrator.say("stage.agents");
    join(database);
    applyPlan();
  }

  /**
   * Starts nothing any more and ends every process of the run. Can be called at any time, and
   * again.
   */
  public void stop() {
    launcher.close();
    HoldfastApi open = api;
    if (open != null) {
      open.close();
    }
    if (outside != null) {
      outside.close();
    }
    new Leftovers(run).endProcesses();
  }

  /**
   * Starts another program of the run; {@link #stop()} ends it too, if nobody did before.
   *
   * @param name of its log
   */
  public Process startBeside(String name, List<String> command) {
    return launcher.start(name, command);
  }

  /** How an API server like the sample one, at another address, is started. */
  public List<String> apiServerAt(String address) {
    return configuration.apiServerAt(address);
  }

  /** The process of a host's agent; an error when there is none at this moment. */
  public long agentPid(String host) {
    String yaml = "/agent-" + host + ".yaml";
    return ProcessTable.of(run).stream()
        .filter(e -> e.runsClass(Apps.AGENT.mainClass()) && e.command().getLast().endsWith(yaml))
        .findFirst()
        .orElseThrow(() -> StageException.failed("no agent of " + host + " runs"))
        .pid();
  }

  /** The keepers of a host's agent, one for each service that it has started. */
  public List<Long> keeperPids(String host) {
    String folder = configuration.directory(host, "run") + "/";
    return ProcessTable.of(run).stream()
        .filter(e -> e.program().equals("bash"))
        .filter(e -> e.command().stream().anyMatch(word -> word.startsWith(folder)))
        .map(ProcessTable.Entry::pid)
        .toList();
  }

  /** Port of PostgreSQL on 127.0.0.1. */
  public int databasePort() {
    return postgres.port();
  }

  /** The file that the data collector of the engine's host writes. */
  public Path collectedFile() {
    return configuration.collected(Place.ENGINE_HOST);
  }

  private void startPostgres() {
    postgres.start();
    var log = new TradeLog(postgres.url(), "observer", postgres.observerPassword());
    outside = new Outside(log, place, run.pki().resolve("ca.crt"), configuration::collected);
    narrator.say("stage.postgres", postgres.version(), Integer.toString(postgres.port()));
  }

  private void startCollector() throws InterruptedException {
    Path yaml = write("collector.yaml", configuration.collectorYaml());
    apps.add(startApp(Apps.COLLECTOR, "collector", yaml));
    api = new HoldfastApi(run.pki(), place.collector(), Place.API_PORT);
    long deadline = System.nanoTime() + COLLECTOR_START.toNanos();
    while (true) {
      try {
        api.status();
        narrator.say("stage.collector", place.collector() + ":" + Place.API_PORT);
        return;
      } catch (StageException notYet) {
        requireAppsRunning();
        if (launcher.isClosed() || System.nanoTime() - deadline >= 0) {
          throw StageException.failed(
              notYet.getMessage() + "\n" + run.endOfLog("collector"), notYet);
        }
        Thread.sleep(50);
      }
    }
  }

  private void requireAppsRunning() {
    try {
      apps.forEach(Supervised::requireRunning);
    } catch (HopelessException ended) {
      throw StageException.failed(ended.getMessage() + "\n" + run.endOfLog("collector"), ended);
    }
  }

  private void startAgent(String host) {
    Path yaml = write("agent-" + host + ".yaml", configuration.agentYaml(host));
    apps.add(startApp(Apps.AGENT, "agent-" + host, yaml));
  }

  private Supervised startApp(Apps app, String name, Path yaml) {
    var command = new ArrayList<String>();
    command.add(machine.java().toString());
    command.add("@" + app.jvmOptions(machine.root()));
    command.add("-Dholdfast.keeper=" + machine.keeper());
    // Also what native libraries unpack goes away with the run folder.
    command.addAll(
        List.of("-Djava.io.tmpdir=" + run.temporary(), "-Djna.tmpdir=" + run.temporary()));
    command.addAll(List.of("-cp", app.classPath(machine.root()), app.mainClass(), yaml.toString()));
    return Supervised.start(launcher, narrator, name, command);
  }

  private void applyPlan() throws InterruptedException {
    try {
      String text = Files.readString(machine.plan()) + planAddition;
      ApplyPlanResponse answer = api.applyPlan(text, machine.plan().getFileName().toString());
      if (answer.getProblemsCount() > 0) {
        throw StageException.failed(
            answer.getProblemsList().stream()
                .map(
                    p ->
                        machine.plan()
                            + ":"
                            + p.getLine()
                            + ":"
                            + p.getColumn()
                            + ": "
                            + p.getMessage())
                .collect(Collectors.joining("\n")));
      }
      planHash = answer.getHash();
      String digits = planHash.substring(planHash.indexOf(':') + 1);
      String version = digits.substring(0, Math.min(12, digits.length()));
      narrator.say("stage.plan", machine.root().relativize(machine.plan()).toString(), version);
    } catch (IOException e) {
      throw StageException.notReady("cannot read " + machine.plan() + ": " + e.getMessage());
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = run.path().resolve(name);
      Files.createFile(file, RunFolder.permissions("rw-------"));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw StageException.failed("cannot write " + name + ": " + e.getMessage(), e);
    }
  }

  private static void join(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StageException known
          ? known
          : StageException.failed("PostgreSQL: " + e.getCause(), e);
    }
  }

  // ---- what a story sees ----

  @Override
  public SystemStatus status() {
    apps.forEach(Supervised::requireRunning);
    return api.status();
  }

  @Override
  public List<RecordedEvent> eventsAfter(long position) throws InterruptedException {
    return api.eventsAfter(position);
  }

  @Override
  public Duration recoveryTimeObjective(String level) throws InterruptedException {
    return Objectives.recoveryTime(api.plan().getText(), level);
  }

  @Override
  public String planHash() {
    return planHash;
  }

  @Override
  public List<Long> enginePids() {
    return ProcessTable.of(run).stream()
        .filter(process -> process.runsClass(TradingEngine.class.getName()))
        .map(ProcessTable.Entry::pid)
        .toList();
  }

  @Override
  public void kill(long pid) {
    Signals.send("KILL", pid);
  }

  @Override
  public int engineHealth() throws IOException {
    return outside.status(
        URI.create("http://" + place.engineAddress() + ":" + Place.ENGINE_PORT + "/health"));
  }

  @Override
  public List<String> problems() {
    return api.status().getServicesList().stream()
        .map(service -> outside.problem(service.getName(), service.getHost()))
        .filter(problem -> !problem.isEmpty())
        .toList();
  }

  @Override
  public TradeCount countTrades() throws java.sql.SQLException {
    return outside.countTrades();
  }

  @Override
  public URI page() {
    return URI.create("https://" + place.collector() + ":" + Place.API_PORT + "/");
  }

  @Override
  public int fetchPage() throws IOException {
    return outside.status(page());
  }
}
