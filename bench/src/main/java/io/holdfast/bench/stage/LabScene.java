package io.holdfast.bench.stage;

import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import io.holdfast.lab.Lab;
import io.holdfast.lab.LabException;
import io.holdfast.lab.Ran;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A host of the lab for the time of a bench: the lab that is up, or one of the bench's own, with
 * three twins of the sample API server on that host (script {@code twins}), one of them guarded by
 * its agent. However it ends, the host, the plan and the agent's allowlist are as before.
 */
public final class LabScene implements AutoCloseable {

  /** The host: it has every service of the plan. */
  public static final String HOST = "trade-a";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Object work = new Object();
  private final Path folder;
  private final Turn turn;
  private volatile boolean ending;
  private volatile boolean broughtUp;
  private RunFolder run = RunFolder.named();

  private LabScene(Path root, Turn turn) {
    // Of the lab, and gone with it: what is to be put back on it, and whether it is a bench's.
    this.folder = root.resolve(".holdfast/lab/bench");
    this.turn = turn;
  }

  /**
   * Has a lab whose services are all well.
   *
   * @param root the checkout
   * @throws StageException when there is none afterwards, with exit code 3 when another bench runs
   */
  public static LabScene open(Path root, PrintStream progress) {
    Turn turn = Turn.take(root, progress);
    var scene = new LabScene(root, turn);
    turn.endWith(scene::takeDown);
    try {
      scene.begin(progress);
      return scene;
    } catch (LabException | StageException e) {
      turn.close();
      throw e;
    }
  }

  private void begin(PrintStream progress) {
    if (Lab.isThere()) {
      broughtUp = Files.exists(broughtUp());
      Lab unused = working(() -> restore(Lab.find()));
    } else {
      progress.println("bringing a lab up for this bench: some three minutes");
      broughtUp = true;
    }
    Lab unused = working(Lab::findOrRollOut);
    if (broughtUp) {
      note(broughtUp(), "");
    }
    // Not before: while a bench says that it runs, nothing is built or packaged under it.
    run = turn.begin();
    progress.println("waiting until every service of the lab is well");
    awaitWell();
  }

  /** Waits until every service of the plan is well, and every host connected. */
  public void awaitWell() {
    Lab.await(
        "every service of the lab is well", PATIENCE, () -> holdfast("status").exitCode() == 0);
  }

  /**
   * Puts the twins and a monit on the host.
   *
   * @param monitrc of the monit that guards one of them
   */
  public void setTwins(String monitrc) {
    Ran plan = holdfast("plan", "show");
    String unused = plan.outOrThrow();
    // To the last line break: it is the very text that is put in force again.
    note(planBefore(), plan.out());
    String said = twins("set", monitrc);
  }

  /**
   * Puts another one into the agent's allowlist and the plan.
   *
   * @param service lines of {@code services:}
   * @param rule a line of {@code healing:}
   */
  public void guardTwin(String service, String rule) {
    String said = twins("guard");
    String before = holdfast("plan", "show").out();
    Path plan = note(folder.resolve("plan.yaml"), PlanText.with(before, service, rule));
    String applied = holdfast("plan", "apply", plan.toString(), "--yes").outOrThrow();
  }

  private String twins(String... arguments) {
    return working(() -> Lab.find().runScript(HOST, "twins", arguments));
  }

  /** What a command wrote that runs on the host as root. */
  public String run(String... command) {
    return working(() -> Lab.find().run(HOST, command));
  }

  /** The operator's command, as admin of the lab. */
  public Ran holdfast(String... arguments) {
    return working(() -> admin(Lab.find(), arguments));
  }

  /** The first process of the host, as this machine numbers it. */
  public long leader() {
    return Lab.find()
        .leader(HOST)
        .orElseThrow(() -> StageException.failed(HOST + " is off; ./holdfast lab start " + HOST));
  }

  /**
   * Runs a program of this class path that has the network of the host, and this machine's
   * processes before it. What it says on its standard error is progress.
   *
   * @return the lines of its standard output
   */
  public List<String> inNetwork(Class<?> program, List<String> arguments, PrintStream progress)
      throws InterruptedException {
    var words =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=/proc/" + leader() + "/ns/net",
                "--",
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    words.addAll(arguments);
    var builder = new ProcessBuilder(words);
    builder.environment().put(RunFolder.VARIABLE, run.path().toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      process.errorReader(StandardCharsets.UTF_8).lines().forEach(progress::println);
      List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (process.waitFor() != 0) {
        throw StageException.failed("the measuring in the lab broke off; its words are above");
      }
      return lines;
    } catch (IOException e) {
      throw StageException.failed("cannot measure in the lab: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    turn.close();
  }

  /** One after the other, and none once it is being taken down. */
  private <T> T working(Supplier<T> what) {
    synchronized (work) {
      if (ending) {
        throw StageException.failed("interrupted");
      }
      return what.get();
    }
  }

  private void takeDown() {
    ending = true;
    // What still works on the lab ends first, so that nothing is changed behind our back.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    synchronized (work) {
      try {
        if (broughtUp) {
          Lab.down();
        } else if (Lab.isThere()) {
          Lab unused = restore(Lab.find());
        }
      } catch (LabException failed) {
        throw StageException.failed(
            "cannot put the lab back, the next bench tries it again: " + failed.getMessage(),
            failed);
      }
    }
  }

  /** The plan first: then nobody misses the twins. */
  private Lab restore(Lab lab) {
    if (Files.exists(planBefore())) {
      String applied = admin(lab, "plan", "apply", planBefore().toString(), "--yes").outOrThrow();
      String said = lab.runScript(HOST, "twins", "put-back");
      forget();
    }
    return lab;
  }

  private Path planBefore() {
    return folder.resolve("plan-before.yaml");
  }

  private Path broughtUp() {
    return folder.resolve("brought-up");
  }

  private static Ran admin(Lab lab, String... arguments) {
    return lab.command(
        Stream.concat(
                Stream.of("--config", lab.home().resolve("cli.yaml").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private Path note(Path file, String text) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw StageException.notReady("cannot write in " + folder + ": " + e.getMessage());
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(folder.resolve("plan.yaml"));
      Files.deleteIfExists(planBefore());
      if (!broughtUp) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw StageException.failed("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }
}
