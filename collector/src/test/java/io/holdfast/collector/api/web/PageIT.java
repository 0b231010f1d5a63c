package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Level;
import io.holdfast.proto.v1.History;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the page tells, in a real browser. */
class PageIT {
  private static final long MINUTE = 60_000;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private PageStage stage;
  private Tab tab;

  @BeforeEach
  void start() {
    stage = new PageStage(browser, directory, world, world.view()::status);
    tab = stage.tab;
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void showsAChangeWithoutReload() {
    stage.remember();
    stage.open();
    assertThat(tab.text("#summary")).contains("Trading is alive").contains("100%");
    assertThat(tab.text("#incidents")).contains("There is no open incident.");
    tab.evaluate("window.sameDocument = true");

    world.pass(MINUTE);
    world.beat("trade-b", Samples.heartbeat("trade-b"));
    stage.breakTheEngine(MINUTE + 1_000);

    tab.until("document.querySelector('#summary').innerText.includes('Trading is down')");
    assertThat(tab.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(tab.text("#incidents"))
        .contains("P2")
        .contains("trading_engine @ trade-a")
        .contains("1:58:5")
        .contains("of 2:00:00");
    assertThat(tab.text("#hosts")).contains("connection refused").contains("healing");
    assertThat(tab.text("#hosts .service[data-key=trading_engine] .beats-sum"))
        .contains(": 60, 1 unhealthy");
    assertThat(tab.text("#changes")).contains("Incident P2 opened: trading_engine on trade-a");
    assertThat(tab.text("#announcer")).isEqualTo("Trading is down. Open incidents: 1");
    assertThat(tab.evaluate("document.title")).isEqualTo("Trading is down · ai-trader · Holdfast");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void saysThatTheConnectionIsLostAndComesBackByItselfWithItsOldBeats() {
    stage.remember();
    stage.open();
    stage.breakTheEngine(MINUTE);
    tab.until("document.querySelector('#incidents strong[role=timer]') !== null");
    String clock = tab.text("#incidents strong[role=timer]");

    stage.api.stop();

    tab.until("document.body.dataset.connection === 'lost'");
    assertThat(tab.text("#lost")).contains("Connection to the collector lost").contains("ago");
    assertThat(tab.evaluate("document.querySelector('#summary .tone-healthy') === null"))
        .isEqualTo(true);
    tab.until(
        "document.querySelector('#incidents strong[role=timer]').innerText !== '" + clock + "'");

    world.remember(History.getDefaultInstance());
    stage.api.startAgain();

    tab.until(PageStage.LIVE);
    assertThat(tab.text("#lost")).isEmpty();
    assertThat(tab.text("#hosts .service[data-key=trading_engine] .beats-sum"))
        .contains(": 60, 1 unhealthy");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void speaksTheChosenLanguageAndRemembersIt() {
    stage.open();
    assertThat(tab.evaluate("document.documentElement.lang")).isEqualTo("en");

    stage.choose("zh-TW");

    assertThat(tab.evaluate("document.documentElement.lang")).isEqualTo("zh-Hant-TW");
    assertThat(tab.text("#summary")).contains("交易運作正常");
    stage.open();
    assertThat(tab.text("#summary")).contains("交易運作正常");
  }

  @Test
  void speaksThePlansLanguageUntilOneIsChosen() {
    world.record(Samples.applied(Samples.plan("zh-TW")));

    stage.open();

    assertThat(tab.text("#hosts")).contains("主機與服務");
  }

  @Test
  void hasEveryTextInBothLanguagesAndAWordForEveryCode() {
    stage.open();
    JsonArray english = keys("en.js", "en");
    JsonArray chinese = keys("zh-TW.js", "zhTW");

    assertThat(chinese.getList()).containsExactlyInAnyOrderElementsOf(english.getList());
    assertThat(english.getList())
        .containsAll(codes("reason.", ReasonCode.values()))
        .containsAll(codes("held.", HeldReason.values()))
        .containsAll(codes("trigger.", Trigger.values()))
        .containsAll(codes("action.", Action.values()))
        .containsAll(codes("level.", Level.values()));
  }

  private JsonArray keys(String module, String name) {
    return new JsonArray(
        (String)
            tab.evaluate(
                "import('"
                    + stage.api.url("/app/i18n/" + module)
                    + "').then(module => JSON.stringify(Object.keys(module."
                    + name
                    + ")))"));
  }

  private static List<String> codes(String prefix, Enum<?>... values) {
    return Stream.of(values).map(value -> prefix + value.name()).toList();
  }

  @Test
  void decidesAsItsLogicIsMeantTo() throws IOException {
    stage.open();
    try (InputStream script = PageIT.class.getResourceAsStream("/page-logic.test.js")) {
      String source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tab.evaluate(source)).isEqualTo("[]");
    }
  }

  @Test
  void saysWhatToDoWhileThereIsNoPlan() {
    World empty = new World();
    try (RunningApi young =
        PageStage.serve(directory.resolve("young"), empty, empty.view()::status)) {
      tab.go(young.url("/"));
      tab.until(PageStage.LIVE);

      assertThat(tab.text("#summary")).contains("No plan yet").contains("holdfast plan apply");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void goesOnWithoutAPast() {
    stage.open();

    assertThat(tab.text("#hosts")).contains("No verdict received yet").doesNotContain("CPU");
    assertThat(tab.complaints()).isEmpty();
  }
}
