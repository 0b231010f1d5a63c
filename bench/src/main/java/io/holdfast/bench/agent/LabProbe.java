package io.holdfast.bench.agent;

import io.holdfast.bench.Request;
import io.holdfast.bench.report.Sample;
import io.holdfast.demo.stage.StageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * Measures on a host of the lab: a program of its own, because it has the network of that host,
 * while it sees the processes of all hosts as this machine does. Says what goes on on its standard
 * error, and lines of {@link LabMeasured} on its standard output.
 */
public final class LabProbe {

  /** What the programs need, while nothing is killed. */
  static final String COSTS = "costs";

  /** How soon killed units answer again. */
  static final String RESTARTS = "restarts";

  private final LabTask task;
  private final Request request;

  private LabProbe(LabTask task) {
    this.task = task;
    this.request = new Request(false, task.seed(), System.err);
  }

  /** Measures one of the two, and as {@link LabTask#words()} say: costs or restarts. */
  public static void main(String[] args) throws InterruptedException {
    try {
      var probe = new LabProbe(LabTask.of(Arrays.copyOfRange(args, 1, args.length)));
      List<String> lines =
          args[0].equals(COSTS)
              ? probe.costs()
              : LabMeasured.lines(probe.restarts(), probe.afterwards());
      lines.forEach(System.out::println);
    } catch (StageException failed) {
      System.err.println(failed.getMessage());
      System.exit(failed.exitCode());
    }
  }

  private Consumption afterwards() throws InterruptedException {
    var agent = new Subject("agent", List.of(task.agent()));
    return Window.over(List.of(agent), task.extent().afterwards(), ClockTicks.perSecond())
        .getFirst();
  }

  private List<String> costs() throws InterruptedException {
    var subjects =
        List.of(
            new Subject("agent", List.of(task.agent())),
            new Subject("monit", List.of(task.monit())));
    List<Consumption> costs =
        Window.scraped(
            request,
            task.extent(),
            subjects,
            Map.of(LabTask.METRICS, AgentBench.AGENT_SCRAPED_SECONDS));
    return LabMeasured.lines(costs.get(0), costs.get(1));
  }

  private Restarts restarts() throws InterruptedException {
    var ours =
        new Kept(
            "the agent",
            LabTask.AGENTS,
            () -> AgentPage.saysWell(LabTask.METRICS, AgentLabBench.SERVICE));
    var monits = new Kept("monit", LabTask.MONITS, () -> true);
    var systemds = new Kept("systemd", LabTask.SYSTEMDS, () -> true);
    var random = new Random(task.seed());
    LongFunction<Runnable> killer = pid -> HostProcess.of(task.leader(), pid)::destroyForcibly;
    var kills = new Kills(random, task.extent().longestPhase(), killer);
    // systemd has no cycle: any moment is as good as another.
    var atOnce = new Kills(random, Duration.ofNanos(1), killer);
    var seconds =
        List.of(new ArrayList<Double>(), new ArrayList<Double>(), new ArrayList<Double>());
    int count = task.extent().kills();
    for (int i = 1; i <= count; i++) {
      seconds.get(0).add(kills.once(ours));
      seconds.get(1).add(kills.once(monits));
      seconds.get(2).add(atOnce.once(systemds));
      request.say(
          "kill %d of %d: %.3f s, monit %.3f s, systemd alone %.3f s",
          i, count, seconds.get(0).getLast(), seconds.get(1).getLast(), seconds.get(2).getLast());
    }
    return new Restarts(
        Sample.of(seconds.get(0)), Sample.of(seconds.get(1)), Sample.of(seconds.get(2)));
  }
}
