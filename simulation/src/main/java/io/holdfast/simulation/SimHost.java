package io.holdfast.simulation;

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
import io.holdfast.core.agent.Step;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A host: its services and its spool outlive its agent. */
final class SimHost {
  private static final long AGENT_DOWN_MILLIS = 5_000;
  private static final long START_MILLIS = 800;
  private static final long PROBE_MILLIS = 50;

  private final SimWorld world;
  private final String name;
  private final SplittableRandom random;
  private final WallClock wall;
  private final HostPlan plan;
  private final Map<String, Long> processes = new TreeMap<>();
  private final SimSpool spool;

  @SuppressWarnings("NullAway.Init") // set by start()
  private AgentState agent;

  private boolean agentUp;
  private long agentLife;
  private long wakeAt = Long.MAX_VALUE;
  private long nextPid = 1;

  SimHost(SimWorld world, String name, SplittableRandom random, WallClock wall) {
    this.wall = wall;
    this.world = world;
    this.name = name;
    this.random = random;
    this.plan = world.plan.compileFor(name).orElseThrow();
    this.spool = new SimSpool(world, name, random.split(), this::now, this::take);
  }

  void start() {
    wall.start();
    plan.services().forEach(service -> processes.put(service.name(), 0L));
    startAgent();
    scheduleServiceCrash();
    scheduleAgentCrash();
    spool.start();
  }

  String name() {
    return name;
  }

  SimSpool spool() {
    return spool;
  }

  AgentState agent() {
    return agent;
  }

  private void startAgent() {
    agentUp = true;
    agent = AgentState.fresh(random.nextLong(), agent == null ? Map.of() : agent.memories());
    processes.forEach(
        (service, pid) ->
            take(
                pid > 0
                    ? new AgentEvent.ProcessRunning(service, pid, 0, true)
                    : agentLife == 0
                        ? new AgentEvent.ProcessNeverStarted(service)
                        : new AgentEvent.ProcessEnded(service, 1, -1, 9)));
    take(new AgentEvent.PlanInForce(plan, processes.keySet()));
  }

  private void take(AgentEvent event) {
    if (!agentUp) {
      return;
    }
    Step step = AgentStep.step(agent, event, now());
    agent = step.next();
    List<HostEvent> told = new ArrayList<>();
    for (AgentAction action : step.actions()) {
      switch (action) {
        case Emit emit -> told.add(emit.event());
        case RunProbe probe -> probe(probe);
        case StartService start -> startService(start.service(), start.ticket());
        case RestartService restart -> startService(restart.service(), restart.ticket());
      }
    }
    spool.append(told, now());
    wakeAt(step.wakeAtBoot());
  }

  private void wakeAt(long boot) {
    if (boot == wakeAt) {
      return;
    }
    wakeAt = boot;
    long life = agentLife;
    world.time.after(
        boot - world.time.now(),
        () -> {
          if (life == agentLife && wakeAt == boot) {
            wakeAt = Long.MAX_VALUE;
            take(new AgentEvent.Woken());
          }
        });
  }

  private void probe(RunProbe probe) {
    long life = agentLife;
    long took = 1 + random.nextLong(PROBE_MILLIS);
    world.time.after(
        took,
        () -> {
          if (life == agentLife) {
            ProbeResult result =
                pid(probe.service()) > 0
                    ? new ProbeResult.Passed()
                    : new ProbeResult.Failed(ReasonCode.CONNECTION_REFUSED, "");
            take(
                new AgentEvent.ProbeFinished(
                    probe.service(), probe.check().name(), probe.ticket(), result, took));
          }
        });
  }

  private void startService(String service, long ticket) {
    long life = agentLife;
    world.time.after(
        1 + random.nextLong(START_MILLIS),
        () -> {
          if (life != agentLife) {
            return;
          }
          if (random.nextDouble() < world.faults.restartFailure()) {
            take(new AgentEvent.ActionFinished(service, ticket, "simulated"));
            return;
          }
          if (pid(service) == 0) {
            processes.put(service, nextPid++);
            take(new AgentEvent.ProcessRunning(service, pid(service), world.time.now(), false));
          }
          take(new AgentEvent.ActionFinished(service, ticket, ""));
        });
  }

  private void scheduleServiceCrash() {
    long mean = world.faults.serviceCrashMillis();
    if (mean > 0) {
      world.time.after(SimWorld.exponential(random, mean), this::crashService);
    }
  }

  private void crashService() {
    if (world.faults.serviceCrashMillis() == 0) {
      return;
    }
    List<String> running = processes.keySet().stream().filter(service -> pid(service) > 0).toList();
    if (!running.isEmpty()) {
      String victim = running.get(random.nextInt(running.size()));
      long pid = pid(victim);
      processes.put(victim, 0L);
      take(new AgentEvent.ProcessEnded(victim, pid, -1, 9));
    }
    scheduleServiceCrash();
  }

  private void scheduleAgentCrash() {
    long mean = world.faults.agentCrashMillis();
    if (mean > 0) {
      world.time.after(SimWorld.exponential(random, mean), this::crashAgent);
    }
  }

  private void crashAgent() {
    if (world.faults.agentCrashMillis() == 0) {
      return;
    }
    agentUp = false;
    agentLife++;
    wakeAt = Long.MAX_VALUE;
    spool.crashed();
    world.time.after(
        random.nextLong(AGENT_DOWN_MILLIS),
        () -> {
          startAgent();
          scheduleAgentCrash();
        });
  }

  /** Zero: it does not run. */
  private long pid(String service) {
    return Objects.requireNonNull(processes.get(service), service);
  }

  /** Names of the services that do not run. */
  List<String> down() {
    return plan.services().stream()
        .map(Service::name)
        .filter(service -> pid(service) == 0)
        .toList();
  }

  private Moment now() {
    return new Moment(world.time.now(), wall.millis());
  }
}
