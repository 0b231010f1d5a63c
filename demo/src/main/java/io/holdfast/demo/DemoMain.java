package io.holdfast.demo;

import io.holdfast.demo.stage.DemoHome;
import io.holdfast.demo.stage.Machine;
import io.holdfast.demo.stage.StageException;
import io.holdfast.demo.story.Narrator;
import io.holdfast.demo.story.Texts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.LogManager;

/**
 * {@code holdfast demo}. Exit codes: 0 the story was seen true, or was told and ended with Ctrl-C;
 * 1 it was not; 2 wrong usage, or the machine is not ready; 3 another demo of this checkout runs;
 * 130 ended before its story was told.
 */
public final class DemoMain {

  private DemoMain() {}

  /** Runs the demo; the arguments are those of {@code holdfast demo}. */
  public static void main(String[] args) {
    // The terminal may be told in Chinese whatever the locale's encoding is.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // Libraries log to the console by default, into the middle of the story.
    LogManager.getLogManager().reset();
    System.exit(run(args, out, err));
  }

  private static int run(String[] args, PrintStream out, PrintStream err) {
    long start = System.nanoTime();
    DemoOptions options;
    try {
      options = DemoOptions.parse(args, System.getenv());
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.println(DemoOptions.USAGE);
      return 2;
    }
    if (options.help()) {
      out.println(DemoOptions.USAGE);
      out.flush();
      return 0;
    }
    var narrator =
        new Narrator(
            out, Texts.in(options.language()), () -> Duration.ofNanos(System.nanoTime() - start));
    try {
      Machine machine = Machine.ofProperties();
      return new Demo(options, machine, DemoHome.take(machine.root()), narrator, err).run();
    } catch (StageException failed) {
      err.println(failed.getMessage());
      return failed.exitCode();
    } catch (RuntimeException bug) {
      err.println("a bug of the demo: " + bug);
      return 1;
    }
  }
}
