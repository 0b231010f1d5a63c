package io.holdfast.collector.app;

import io.holdfast.metrics.BuildVersion;
import io.holdfast.planfile.config.CollectorConfig;
import io.holdfast.planfile.config.CollectorConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.config.Reload;
import io.holdfast.unit.HangUp;
import io.holdfast.unit.Notifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The collector: {@code CollectorMain COLLECTOR_YAML}, or one of the verbs of its help. Ends with 0
 * when all is well (also after SIGTERM), 2 when the command line or what is configured is wrong, 1
 * when its ledger cannot go on.
 */
public final class CollectorMain {
  private static final int FINE = 0;
  private static final int REFUSED = 2;
  private static final String HELP =
      """
      usage: holdfast-collector VERB ...

        COLLECTOR_YAML
            runs the collector until a signal ends it
        check COLLECTOR_YAML
            reads the file, says every mistake, and does nothing
        --version
            says which build this is
        --help
            says this

      The manual: docs/agent.md
      """;

  private CollectorMain() {}

  /** Does what the arguments ask for. */
  public static void main(String[] args) {
    switch (List.of(args)) {
      case List<String> words when words.equals(List.of("--help")) -> say(HELP);
      case List<String> words when words.equals(List.of("--version")) ->
          say("holdfast-collector " + BuildVersion.of(CollectorMain.class) + "\n");
      case List<String> words when words.size() == 2 && words.getFirst().equals("check") ->
          check(words.getLast());
      case List<String> words when words.size() == 1 && !words.getFirst().startsWith("-") -> {
        Logging.configure();
        read(words.getFirst()).ifPresent(config -> run(config, Path.of(words.getFirst())));
      }
      default -> refuse("that is no way to call it. See: holdfast-collector --help");
    }
  }

  private static void say(String text) {
    System.out.print(text);
    System.out.flush();
    halt(FINE);
  }

  private static void check(String file) {
    if (read(file).isPresent()) {
      say(file + ": fine\n");
    }
  }

  /** Empty, and the process is over, when the file has a mistake. */
  private static Optional<CollectorConfig> read(String file) {
    return switch (CollectorConfigReader.read(Path.of(file))) {
      case ConfigResult.Valid<CollectorConfig> valid -> Optional.of(valid.config());
      case ConfigResult.Invalid<CollectorConfig> invalid -> {
        invalid.problems().forEach(problem -> System.err.println(problem));
        halt(REFUSED);
        yield Optional.empty();
      }
    };
  }

  private static void run(CollectorConfig config, Path file) {
    HangUp hangUp = new HangUp();
    CollectorApp app = new CollectorApp(config, Notifier.ofThisProcess());
    try {
      app.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app), "stop"));
      Reload<CollectorConfig> reload = app.reloadOf(file);
      hangUp.listen(() -> app.reload(reload));
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
    Runtime.getRuntime().halt(FINE);
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
