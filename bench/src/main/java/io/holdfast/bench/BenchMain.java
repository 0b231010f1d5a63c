package io.holdfast.bench;

import io.holdfast.bench.report.Report;
import io.holdfast.bench.stage.ThisMachine;
import io.holdfast.demo.stage.StageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * {@code holdfast bench}. Exit codes: 0 measured, whatever the budgets say; 1 something did not
 * work; 2 wrong usage, or the machine is not ready; 3 another bench of this checkout runs; 130
 * interrupted.
 */
public final class BenchMain {

  private final PrintStream out;
  private final PrintStream err;
  private volatile boolean ending;

  BenchMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Measures; the arguments are those of {@code holdfast bench}. */
  public static void main(String[] args) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // Libraries log to the console by default, into the middle of the tables.
    LogManager.getLogManager().reset();
    var main = new BenchMain(out, err);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> main.ending = true, "ending"));
    System.exit(main.run(args));
  }

  int run(String... args) {
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.println(BenchOptions.USAGE);
      return 2;
    }
    if (options.help()) {
      out.println(BenchOptions.USAGE);
      return 0;
    }
    if (options.name().isEmpty()) {
      out.println(Benches.list());
      return 0;
    }
    Optional<Bench> bench = options.name().flatMap(Benches::named);
    if (bench.isEmpty()) {
      err.println("there is no bench " + options.name().get() + "; there are: " + Benches.names());
      return 2;
    }
    return measure(bench.get(), new Request(options.quick(), options.seed(), err));
  }

  private int measure(Bench bench, Request request) {
    try {
      String machine = ThisMachine.inWords();
      Report report = bench.run(request);
      out.printf(
          "bench %s%s, seed %d%n", bench.name(), request.quick() ? " --quick" : "", request.seed());
      out.printf("%s%n%n", machine);
      report.lines().forEach(out::println);
      return 0;
    } catch (StageException failed) {
      return failed(String.valueOf(failed.getMessage()), failed.exitCode());
    } catch (InterruptedException interrupted) {
      return failed("interrupted", 1);
    } catch (RuntimeException bug) {
      return failed("a bug of the bench: " + bug, 1);
    }
  }

  /** While everything is being taken down, that things fail is no news. */
  private int failed(String message, int code) {
    if (!ending) {
      err.println(message);
    }
    return code;
  }
}
