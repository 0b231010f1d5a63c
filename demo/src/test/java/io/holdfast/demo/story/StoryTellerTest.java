package io.holdfast.demo.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.demo.story.StoryStep.Action;
import io.holdfast.demo.story.StoryStep.Condition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoryTellerTest {

  private final PretendPatience patience = new PretendPatience();

  @Test
  void looksAgainUntilTheConditionHolds() throws InterruptedException {
    var looks = new AtomicInteger();
    Condition third =
        () -> looks.incrementAndGet() == 3 ? Sight.seen("4711", "12") : Sight.notYet("nothing");

    Told told = tell("en", step(Action.NONE, third));

    assertThat(told.untrue()).isEmpty();
    assertThat(told.text())
        .contains("[   0.0 s] Now the trading engine dies")
        .contains("[   0.2 s] Process 4711 is gone. Its last trade in the log is number 12.");
  }

  @Test
  void givesUpAfterTheStepsOwnPatienceAndSaysWhatWasExpectedAndSeen() throws InterruptedException {
    Told told = tell("en", step(Action.NONE, () -> Sight.notYet("still there")));

    assertThat(told.untrue()).contains("story.kill");
    assertThat(patience.now()).isEqualTo(Duration.ofSeconds(5));
    assertThat(told.text())
        .contains("FAILED: step story.kill was not seen true within 5.0 s")
        .contains("expected:  the killed process disappears")
        .contains("last seen: still there")
        .contains("| last line of agent-trade-a");
  }

  @Test
  void failsInTheUsersLanguage() throws InterruptedException {
    Told told = tell("zh-TW", step(Action.NONE, () -> Sight.notYet("4711")));

    assertThat(told.text()).contains("失敗：步驟 story.kill 在 5.0 秒內沒有成立").contains("最後看到：4711");
  }

  @Test
  void anErrorWhileLookingIsNotYet() throws InterruptedException {
    var looks = new AtomicInteger();
    Condition recovers =
        () -> {
          if (looks.incrementAndGet() < 4) {
            throw new IllegalStateException("connection refused");
          }
          return Sight.seen("1", "2");
        };

    assertThat(tell("en", step(Action.NONE, recovers)).untrue()).isEmpty();
  }

  @Test
  void doesNotWaitForWhatCannotComeTrueAnyMore() throws InterruptedException {
    Condition hopeless =
        () -> {
          throw new HopelessException("the agent ended with 2");
        };

    Told told = tell("en", step(Action.NONE, hopeless));

    assertThat(told.untrue()).contains("story.kill");
    assertThat(patience.now()).isZero();
    assertThat(told.text()).contains("cannot come true any more: the agent ended with 2");
  }

  @Test
  void aFailedActionEndsTheStoryWithoutLooking() throws InterruptedException {
    var looks = new AtomicInteger();
    Action broken =
        () -> {
          throw new IllegalStateException("no engine");
        };
    StoryStep first = step(broken, () -> Sight.notYet("look " + looks.incrementAndGet()));

    Told told = tell("en", first, first);

    assertThat(told.untrue()).contains("story.kill");
    assertThat(told.text()).containsOnlyOnce("could not be done: no engine");
    assertThat(looks).hasValue(0);
  }

  @Test
  void refusesAStepThatWouldNeverBeGivenTime() {
    assertThatThrownBy(
            () -> new StoryStep("story.kill", Action.NONE, Sight::seen, Duration.ZERO, List.of()))
        .hasMessageContaining("story.kill");
  }

  private Told tell(String language, StoryStep... steps) throws InterruptedException {
    return Told.of(language, patience, List.of(steps));
  }

  private static StoryStep step(Action action, Condition condition) {
    return new StoryStep(
        "story.kill", action, condition, Duration.ofSeconds(5), List.of("agent-trade-a"));
  }
}
