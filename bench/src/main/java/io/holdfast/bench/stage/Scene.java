package io.holdfast.bench.stage;

import io.holdfast.demo.stage.Machine;
import io.holdfast.demo.stage.Place;
import io.holdfast.demo.stage.ProcessStage;
import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import io.holdfast.demo.story.Narrator;
import io.holdfast.demo.story.Texts;
import java.io.PrintStream;
import java.time.Duration;

/** The demo's stage at addresses of its own, for the time of a bench. */
public final class Scene implements AutoCloseable {

  private final Turn turn;
  private final RunFolder run;
  private final Place place;
  private final ProcessStage stage;

  private Scene(Turn turn, Machine machine, String planAddition, PrintStream progress) {
    long start = System.nanoTime();
    var narrator =
        new Narrator(progress, Texts.in("en"), () -> Duration.ofNanos(System.nanoTime() - start));
    this.turn = turn;
    this.place = Place.spare();
    ProcessStage.requireReady(machine, place);
    this.run = turn.begin();
    this.stage = new ProcessStage(machine, place, planAddition, run.make(), narrator);
    turn.endWith(stage::stop);
  }

  /**
   * Sets the stage with the example plan.
   *
   * @param planAddition lines that are put after the plan
   * @throws StageException when it cannot be set
   */
  public static Scene open(Machine machine, String planAddition, PrintStream progress)
      throws InterruptedException {
    Turn turn = Turn.take(machine.root(), progress);
    try {
      var scene = new Scene(turn, machine, planAddition, progress);
      scene.stage.set();
      return scene;
    } catch (StageException | InterruptedException e) {
      turn.close();
      throw e;
    }
  }

  /** What runs here. */
  public ProcessStage stage() {
    return stage;
  }

  /** Where it runs. */
  public Place place() {
    return place;
  }

  /** Where its files are. */
  public RunFolder run() {
    return run;
  }

  @Override
  public void close() {
    turn.close();
  }
}
