package io.holdfast.collector.app;

import io.holdfast.planfile.config.CollectorConfig;
import io.holdfast.planfile.config.CollectorConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The collector: {@code CollectorMain COLLECTOR_YAML}. Ends with 0 after SIGTERM, 2 when it cannot
 * start as it is configured, 1 when its ledger cannot go on.
 */
public final class CollectorMain {
  private static final int REFUSED = 2;

  private CollectorMain() {}

  /** Starts the collector and waits for a signal. */
  public static void main(String[] args) {
    Logging.configure();
    if (args.length != 1) {
      refuse("usage: holdfast-collector COLLECTOR_YAML");
    }
    switch (CollectorConfigReader.read(Path.of(args[0]))) {
      case ConfigResult.Valid<CollectorConfig> valid -> run(valid.config());
      case ConfigResult.Invalid<CollectorConfig> invalid -> {
        invalid.problems().forEach(problem -> System.err.println(problem));
        halt(REFUSED);
      }
    }
  }

  private static void run(CollectorConfig config) {
    CollectorApp app = new CollectorApp(config);
    try {
      app.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app), "stop"));
      new CountDownLatch(1).await();
    } catch (StartRefusedException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a signal: Java would end with 143, and a stop that was asked for is no failure. */
  private static void stop(CollectorApp app) {
    app.stop();
    Runtime.getRuntime().halt(0);
  }

  private static void refuse(String message) {
    System.err.println("holdfast-collector: " + message);
    halt(REFUSED);
  }

  /** Threads of a ledger that did not open must not hold the process. */
  private static void halt(int code) {
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
