package io.holdfast.lab.systemd;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.agent.act.systemd.SystemdSettings;
import io.holdfast.core.agent.ProcessFact;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs on a host as the agent's user: {@code ActingUser UNIT SERVICE...} allows the service {@code
 * engine} with that unit, restarts and stops each of the services, and prints the outcomes.
 */
final class ActingUser {

  private ActingUser() {}

  public static void main(String[] args) throws Exception {
    try (var context = Executors.newSingleThreadExecutor();
        var control =
            new SystemdServiceControl(
                SystemdSettings.ofThisMachine(Map.of("engine", args[0])),
                context,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
      control.watch(event -> System.out.println(event));
      control.attach().toCompletableFuture().get(20, TimeUnit.SECONDS);
      for (int i = 1; i < args.length; i++) {
        var unknown = new ProcessFact.Unknown();
        print(control.restart(args[i], Duration.ofSeconds(1), unknown).toCompletableFuture().get());
        System.out.println("resident: " + control.residentBytes().containsKey(args[i]));
        print(control.kill(args[i]).toCompletableFuture().get());
        print(control.start(args[i]).toCompletableFuture().get());
        print(control.stop(args[i], Duration.ofSeconds(1)).toCompletableFuture().get());
      }
    }
  }

  private static void print(ActionOutcome outcome) {
    System.out.println(outcome);
  }
}
