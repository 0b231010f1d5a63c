package io.holdfast.bench.agent;

import io.holdfast.bench.Bench;
import io.holdfast.bench.Request;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.stage.LabScene;
import io.holdfast.demo.stage.StageException;
import io.holdfast.lab.Lab;
import io.holdfast.lab.LabException;
import java.util.List;
import java.util.stream.Stream;

/** The packaged agent on a booted host beside monit: units of systemd that are killed. */
public final class AgentLabBench implements Bench {

  static final String SERVICE = "twin_agent";

  private static final String AGENT = "holdfast-agent.service";

  private static final String PLANNED =
      """
        twin_agent:
          critical: false
          module: bench
          unit: twin-agent.service
          runs_on: %s
          http: {url: "%s"}
          timeout: 5s
      """
          .formatted(LabScene.HOST, LabTask.AGENTS);

  /** Every kill is then the first attempt: neither backoff nor budget is measured here. */
  private static final String RULE =
      """
        - {trigger: service_down, service: twin_agent, action: restart_service, max_attempts: 100, \
      rearm_after: 1s, budget: {actions: 1000, per: 1h}}
      """;

  @Override
  public String name() {
    return "agent --lab";
  }

  @Override
  public String description() {
    return "the packaged agent on a host of the lab, and how soon a killed unit answers again";
  }

  @Override
  public List<String> needs() {
    return List.of(
        "root",
        "jdk",
        "maven",
        "mmdebstrap",
        "debian_keyring",
        "nspawn",
        "ip",
        "nft",
        "tcpdump",
        "ssh",
        "ansible",
        "python3");
  }

  @Override
  public Report run(Request request) throws InterruptedException {
    return measure(request, Extent.of(request.quick()));
  }

  Report measure(Request request, Extent extent) throws InterruptedException {
    try (LabScene scene = LabScene.open(Lab.checkout(), request.progress())) {
      String monit = Program.versionIn(scene.run("monit", "-V"));
      scene.setTwins(MonitFile.onHost().text());
      // Whatever was done to this agent before does not count.
      String restarted = scene.run("systemctl", "restart", AGENT);
      scene.awaitWell();
      var task =
          new LabTask(
              scene.leader(),
              mainPid(scene, AGENT),
              mainPid(scene, "twin-monitor.service"),
              extent,
              request.seed());
      // First, as the site has the agent: what the bench changes, and the kills, come later.
      List<String> costs = probe(scene, LabProbe.COSTS, task, request);
      scene.guardTwin(PLANNED, RULE);
      var attempts = Attempts.after(scene, SERVICE);
      List<String> restarts = probe(scene, LabProbe.RESTARTS, task, request);
      attempts.requireFirst();
      var measured = LabMeasured.of(Stream.concat(costs.stream(), restarts.stream()).toList());
      return new AgentLabReport(extent, monit, measured).report();
    } catch (LabException failed) {
      throw StageException.failed(String.valueOf(failed.getMessage()), failed);
    }
  }

  private static List<String> probe(LabScene scene, String what, LabTask task, Request request)
      throws InterruptedException {
    List<String> words = Stream.concat(Stream.of(what), task.words().stream()).toList();
    return scene.inNetwork(LabProbe.class, words, request.progress());
  }

  private static long mainPid(LabScene scene, String unit) {
    String pid = scene.run("systemctl", "show", "--value", "-p", "MainPID", unit);
    return HostProcess.of(scene.leader(), Long.parseLong(pid)).pid();
  }
}
