package io.holdfast.demo.stage;

import io.holdfast.demo.trading.TradingEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A demo's process with half a stage, made to be killed: PostgreSQL, an engine, and one that
 * ignores SIGTERM.
 */
final class HalfStage {

  private HalfStage() {}

  public static void main(String[] args) throws Exception {
    Machine machine = TestMachine.in(Path.of(args[0]));
    DemoHome home = DemoHome.take(machine.root());
    RunFolder run = RunFolder.named();
    home.record(run);
    var launcher = new Launcher(run.make());
    var postgres = new Postgres(launcher, machine.postgresBin());
    postgres.start();
    Configuration configuration = new Configuration(machine, Place.demo(), run, postgres.port());
    launcher.start(
        "engine", configuration.command(TradingEngine.class, engineArguments(run, postgres)));
    launcher.start("stubborn", List.of("sh", "-c", "trap '' TERM INT; while :; do sleep 1; done"));
    System.out.println(run.path());
    new CountDownLatch(1).await();
  }

  /** On a free port, so that it stands beside whatever runs on the machine. */
  static List<String> engineArguments(RunFolder run, Postgres postgres) {
    return List.of(
        "--address=127.0.0.1",
        "--port=0",
        "--host=trade-a",
        "--database=" + postgres.url(),
        "--user=trading",
        "--password-file=" + run.tradingPassword());
  }
}
