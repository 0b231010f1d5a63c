package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The host agent: {@code AgentMain AGENT_YAML}. Ends with 0 after SIGTERM, 2 when it cannot start
 * as it is configured, 1 otherwise.
 */
public final class AgentMain {
  private static final int REFUSED = 2;

  private AgentMain() {}

  /** Starts the agent and waits for a signal. */
  public static void main(String[] args) {
    Logging.configure();
    if (args.length != 1) {
      refuse("usage: holdfast-agent AGENT_YAML");
    }
    switch (AgentConfigReader.read(Path.of(args[0]))) {
      case ConfigResult.Valid<AgentConfig> valid -> run(valid.config());
      case ConfigResult.Invalid<AgentConfig> invalid -> {
        invalid.problems().forEach(problem -> System.err.println(problem));
        System.exit(REFUSED);
      }
    }
  }

  private static void run(AgentConfig config) {
    AgentApp app = new AgentApp(config);
    try {
      app.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app), "stop"));
      new CountDownLatch(1).await();
    } catch (StartRefusedException e) {
      app.stop();
      refuse(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a signal: Java would end with 143, and a stop that was asked for is no failure. */
  private static void stop(AgentApp app) {
    app.stop();
    Runtime.getRuntime().halt(0);
  }

  private static void refuse(String message) {
    System.err.println("holdfast-agent: " + message);
    System.exit(REFUSED);
  }
}
