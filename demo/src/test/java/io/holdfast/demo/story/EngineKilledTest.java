package io.holdfast.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineKilledTest {

  private final PretendStage stage = new PretendStage();

  @Test
  void isToldToItsEndWhenEverythingIsTrue() throws InterruptedException {
    Told told = tell("en");

    assertThat(told.untrue()).isEmpty();
    assertThat(told.text())
        .contains("Everything is healthy (100 %)")
        .contains("trade-b          primary   127.78.0.2")
        .contains("Process 4711 is gone. Its last trade in the log is number 20.")
        .contains("Restarted: process 4799")
        .contains("No trade was written for 1.3 s.")
        .contains(
            "Verified: 1.5 s from the last good check", "The plan allows 2 h (P2)", "it was 1.3 s.")
        .contains("Nothing: 40 trades, numbers 1 to 40")
        .contains("https://127.79.0.1:8443/");
  }

  @Test
  void isToldInTraditionalChinese() throws InterruptedException {
    Told told = tell("zh-TW");

    assertThat(told.untrue()).isEmpty();
    assertThat(told.text())
        .contains("一切健康（100 %）")
        .contains("到確認復原共 1.5 秒，計畫允許 2 小時（P2）", "依交易紀錄計算為 1.3 秒。");
  }

  @Test
  void endsWhereTheEngineDoesNotComeBack() throws InterruptedException {
    stage.restarts = false;

    assertThat(tell("en").untrue()).contains("story.restarted");
  }

  @Test
  void isNotSatisfiedByAProcessThatDoesNotTrade() throws InterruptedException {
    stage.trades = false;

    assertThat(tell("en").untrue()).contains("story.trading");
  }

  @Test
  void doesNotBelieveAnOutageThatIsKinderThanTheTradeLog() throws InterruptedException {
    stage.saidOutage = Duration.ofMillis(200);

    Told told = tell("en");

    assertThat(told.untrue()).contains("story.verified");
    assertThat(told.text()).contains("Holdfast says 0.2 s, the trade log 1.3 s");
  }

  @Test
  void doesNotBelieveAnOutageBeyondTheObjective() throws InterruptedException {
    stage.saidOutage = Duration.ofHours(3);

    assertThat(tell("en").untrue()).contains("story.verified");
  }

  @Test
  void wantsTheHealingInTheLedger() throws InterruptedException {
    stage.recordsHealing = false;

    assertThat(tell("en").untrue()).contains("story.verified");
  }

  @Test
  void countsALostTradeAndTwoEnginesAtOnceAsFailure() throws InterruptedException {
    stage.losesATrade = true;
    assertThat(tell("en").text()).contains("last seen: 1 lost, 0 twice");

    var other = new PretendStage();
    other.oldEngineWritesOn = true;
    Told told = Told.of("en", new PretendPatience(), EngineKilled.on(other, Texts.in("en")));
    assertThat(told.untrue()).contains("story.counted");
    assertThat(told.text()).contains("1 times two engines at once");
  }

  @Test
  void saysWhenThePageDoesNotAnswerWell() throws InterruptedException {
    stage.pageStatus = 503;

    Told told = tell("en");

    assertThat(told.untrue()).contains("story.page");
    assertThat(told.text()).contains("https://127.79.0.1:8443/ answers 503");
  }

  private Told tell(String language) throws InterruptedException {
    return Told.of(language, new PretendPatience(), EngineKilled.on(stage, Texts.in(language)));
  }
}
