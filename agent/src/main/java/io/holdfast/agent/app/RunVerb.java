package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.Reload;
import io.holdfast.unit.HangUp;
import io.holdfast.unit.Notifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Guards the host until a signal ends it; then it ends with 0. */
final class RunVerb implements Verb {
  private static final int INTERRUPTED = 1;

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String arguments() {
    return "AGENT_YAML";
  }

  @Override
  public String purpose() {
    return "guards this host; the word may be left out";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    Logging.configure();
    Optional<AgentConfig> config = ConfigArgument.only(arguments);
    return config.isPresent() ? guard(config.get(), Path.of(arguments.getFirst())) : INVALID;
  }

  private static int guard(AgentConfig config, Path file) {
    HangUp hangUp = new HangUp();
    AgentApp app = new AgentApp(config, file, Notifier.ofThisProcess());
    try {
      app.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app), "stop"));
      Reload<AgentConfig> reload = app.reload();
      hangUp.listen(() -> app.reload(reload));
      new CountDownLatch(1).await();
      return FINE;
    } catch (StartRefusedException e) {
      app.stop();
      System.err.println("holdfast-agent: " + e.getMessage());
      return INVALID;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  /** After a signal: Java would end with 143, and a stop that was asked for is no failure. */
  private static void stop(AgentApp app) {
    app.stop();
    Runtime.getRuntime().halt(FINE);
  }
}
