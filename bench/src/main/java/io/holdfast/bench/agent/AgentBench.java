package io.holdfast.bench.agent;

import io.holdfast.bench.Bench;
import io.holdfast.bench.Request;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.Sample;
import io.holdfast.bench.stage.Scene;
import io.holdfast.demo.stage.Machine;
import io.holdfast.demo.stage.Place;
import io.holdfast.demo.stage.ProcessStage;
import io.holdfast.demo.stage.ProcessTable;
import io.holdfast.demo.stage.StageException;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The agent beside prometheus-node-exporter and monit. */
public final class AgentBench implements Bench {

  private static final String KILLED = "api_server";

  /** Every kill is then the first attempt: neither backoff nor budget is measured here. */
  private static final String PLAN_ADDITION =
      """
        - {trigger: service_down, service: api_server, action: restart_service, max_attempts: 100, \
      rearm_after: 1s, budget: {actions: 1000, per: 1h}}
      """;

  /** What Prometheus' own examples use. */
  static final int AGENT_SCRAPED_SECONDS = 15;

  static final int EXPORTER_SCRAPED_SECONDS = 1;

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String description() {
    return "memory and CPU of the agent, and how soon a killed process answers again";
  }

  @Override
  public List<String> needs() {
    return List.of("jdk", "maven", "postgresql", "setpriv", "node_exporter", "monit");
  }

  @Override
  public Report run(Request request) throws InterruptedException {
    return measure(request, Extent.of(request.quick()));
  }

  Report measure(Request request, Extent extent) throws InterruptedException {
    var exporter = Program.ofProperty("holdfast.node_exporter", "prometheus-node-exporter");
    var monit = Program.ofProperty("holdfast.monit", "monit");
    try (Scene scene = Scene.open(Machine.ofProperties(), PLAN_ADDITION, request.progress())) {
      String address = scene.place().idleAddress();
      request.say("waiting until every service is well");
      Kills.await(() -> allWell(scene.stage(), any -> true), "the services are not well");
      NodeExporter nodeExporter = NodeExporter.start(scene, exporter);
      Monit monitor = Monit.start(scene, monit, address);
      var subjects = subjects(scene.stage(), nodeExporter, monitor);
      // The agent's way for every second is its stream; the exporter has no other way.
      var pages =
          Map.of(
              scene.place().agentMetrics(), AGENT_SCRAPED_SECONDS,
              nodeExporter.metrics(), EXPORTER_SCRAPED_SECONDS);
      List<Consumption> consumption = Window.scraped(request, extent, subjects, pages);
      Restarts restarts = restarts(request, extent, scene, monitor);
      return new AgentReport(
              extent, exporter.version("--version"), monit.version("-V"), consumption, restarts)
          .report();
    }
  }

  private static List<Subject> subjects(
      ProcessStage stage, NodeExporter nodeExporter, Monit monitor) {
    List<Long> keepers =
        stage.keeperPids(Place.ENGINE_HOST).stream().flatMap(AgentBench::withReader).toList();
    return List.of(
        new Subject("agent", List.of(stage.agentPid(Place.ENGINE_HOST))),
        new Subject("keepers", keepers),
        new Subject("prometheus-node-exporter", List.of(nodeExporter.process().pid())),
        new Subject("monit", List.of(monitor.process().pid())));
  }

  /** A keeper sleeps in a child that reads its commands. */
  private static Stream<Long> withReader(long keeper) {
    Stream<Long> readers =
        ProcessHandle.of(keeper).stream()
            .flatMap(ProcessHandle::children)
            .map(ProcessHandle::pid)
            .filter(
                pid ->
                    ProcessTable.entry(pid)
                        .filter(entry -> entry.command().contains("keeper-reader"))
                        .isPresent());
    return Stream.concat(Stream.of(keeper), readers);
  }

  private static Restarts restarts(Request request, Extent extent, Scene scene, Monit monitor)
      throws InterruptedException {
    var ours =
        new Kept(
            "the agent",
            Place.apiServerHealth(scene.place().engineAddress()),
            () -> allWell(scene.stage(), service -> service.getName().equals(KILLED)));
    var kills = new Kills(new Random(request.seed()), extent.longestPhase());
    var ourSeconds = new ArrayList<Double>();
    var monitSeconds = new ArrayList<Double>();
    var ownSeconds = new ArrayList<Double>();
    for (int i = 1; i <= extent.kills(); i++) {
      ourSeconds.add(kills.once(ours));
      monitSeconds.add(kills.once(monitor.kept()));
      ownSeconds.add(ownStart(scene));
      request.say(
          "kill %d of %d: %.3f s, monit %.3f s, the program's own start %.3f s",
          i, extent.kills(), ourSeconds.getLast(), monitSeconds.getLast(), ownSeconds.getLast());
    }
    return new Restarts(Sample.of(ourSeconds), Sample.of(monitSeconds), Sample.of(ownSeconds));
  }

  /** At the collector's address, where no API server is. */
  private static double ownStart(Scene scene) throws InterruptedException {
    String address = scene.place().collector();
    long start = System.nanoTime();
    Process process = scene.stage().startBeside("own-start", scene.stage().apiServerAt(address));
    double seconds = Kills.secondsToAnswer(Place.apiServerHealth(address), 0, start);
    process.destroyForcibly().waitFor();
    return seconds;
  }

  private static boolean allWell(ProcessStage stage, Predicate<ServiceStatus> which) {
    try {
      List<ServiceStatus> services =
          stage.status().getServicesList().stream().filter(which).toList();
      return !services.isEmpty()
          && services.stream().allMatch(s -> s.getVerdict() == Verdict.VERDICT_HEALTHY);
    } catch (StageException notYet) {
      return false;
    }
  }
}
