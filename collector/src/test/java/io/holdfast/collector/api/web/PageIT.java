package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Level;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class PageIT {
  private static final Path PICTURES = Path.of("target", "page");

  @TempDir private Path directory;
  private World world;
  private RunningApi api;
  private Chromium chromium;
  private Tab tab;

  @BeforeEach
  void start() throws IOException {
    Path program = Chromium.installed().orElse(null);
    if (program == null && "true".equals(System.getenv("CI"))) {
      fail("Chromium is needed: apt-get install chromium");
    }
    Assumptions.assumeTrue(program != null, "Chromium is not installed");
    world = World.healthy("en");
    api = serve(directory, world);
    chromium =
        Chromium.start(api.vertx, program, Files.createDirectory(directory.resolve("profile")));
    tab = chromium.open();
    tab.look(1280, 900, false);
  }

  private static RunningApi serve(Path place, World world) {
    return new RunningApi(
        place,
        world,
        world.view(),
        (text, file, operator) -> Future.failedFuture("no plan is taken here"),
        true);
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (api != null) {
      api.close();
    }
  }

  private void openPage() {
    tab.go(api.url("/"));
    tab.until("document.body?.dataset.connection === 'live'");
  }

  private void breakTheEngine() {
    world.beat(
        "trade-a",
        Samples.with(
            Samples.heartbeat("trade-a"),
            Samples.verdict("trading_engine", Verdict.VERDICT_UNHEALTHY)
                .setSinceWallMillis(Samples.WALL)
                .setPid(0)
                .setHealing(true)
                .addReasons(
                    Reason.newBuilder()
                        .setCode("CONNECTION_REFUSED")
                        .setCheck("http")
                        .setDetail("127.0.0.1:8001: connection refused"))));
    world.record(Samples.opened("2026-0007", Samples.WALL - 61_000));
  }

  @Test
  void showsAChangeWithoutReload() {
    openPage();
    assertThat(tab.text("#summary")).contains("Trading is alive").contains("100%");
    assertThat(tab.text("#incidents")).contains("There is no open incident.");
    tab.evaluate("window.sameDocument = true");

    breakTheEngine();

    tab.until("document.querySelector('#summary').innerText.includes('Trading is down')");
    assertThat(tab.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(tab.text("#incidents"))
        .contains("P2")
        .contains("trading_engine @ trade-a")
        .contains("of 2:00:00");
    assertThat(tab.text("#hosts")).contains("connection refused").contains("healing");
    assertThat(tab.text("#announcer")).isEqualTo("Trading is down. Open incidents: 1");
    assertThat(tab.evaluate("document.title")).isEqualTo("Trading is down · ai-trader · Holdfast");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void saysThatTheConnectionIsLostAndComesBackByItself() {
    openPage();
    breakTheEngine();
    tab.until("document.querySelector('#incidents strong[role=timer]') !== null");
    String clock = tab.text("#incidents strong[role=timer]");

    api.stop();

    tab.until("document.body.dataset.connection === 'lost'");
    assertThat(tab.text("#lost")).contains("Connection to the collector lost").contains("ago");
    assertThat(tab.evaluate("document.querySelector('#summary .tone-healthy') === null"))
        .isEqualTo(true);
    tab.until(
        "document.querySelector('#incidents strong[role=timer]').innerText !== '" + clock + "'");
    tab.screenshot(PICTURES.resolve("lost.png"));

    api.startAgain();

    tab.until("document.body.dataset.connection === 'live'");
    assertThat(tab.text("#lost")).isEmpty();
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void speaksTheChosenLanguageAndRemembersIt() {
    openPage();
    assertThat(tab.evaluate("document.documentElement.lang")).isEqualTo("en");

    tab.evaluate("document.querySelector('#languages button[lang=zh-Hant-TW]').click()");

    assertThat(tab.evaluate("document.documentElement.lang")).isEqualTo("zh-Hant-TW");
    assertThat(tab.text("#summary")).contains("交易運作正常");
    openPage();
    assertThat(tab.text("#summary")).contains("交易運作正常");
  }

  @Test
  void speaksThePlansLanguageUntilOneIsChosen() {
    world.record(Samples.applied(Samples.plan("zh-TW")));

    openPage();

    assertThat(tab.text("#hosts")).contains("主機與服務");
  }

  @Test
  void hasEveryTextInBothLanguagesAndAWordForEveryCode() {
    openPage();
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
                    + api.url("/app/i18n/" + module)
                    + "').then(module => JSON.stringify(Object.keys(module."
                    + name
                    + ")))"));
  }

  private static List<String> codes(String prefix, Enum<?>... values) {
    return Stream.of(values).map(value -> prefix + value.name()).toList();
  }

  @Test
  void decidesAsItsLogicIsMeantTo() throws IOException {
    openPage();
    try (InputStream script = PageIT.class.getResourceAsStream("/page-logic.test.js")) {
      String source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tab.evaluate(source)).isEqualTo("[]");
    }
  }

  @Test
  void showsWhateverIsInADetailAsText() {
    String evil = "<img src=x onerror=\"window.evil=1\"><script>window.evil=1</script>";
    world.beat(
        "trade-a",
        Samples.with(
            Samples.heartbeat("trade-a"),
            Samples.verdict("database", Verdict.VERDICT_UNHEALTHY)
                .addReasons(Reason.newBuilder().setCode(evil).setCheck(evil).setDetail(evil))));

    openPage();

    assertThat(tab.text("#hosts")).contains(evil);
    assertThat(tab.evaluate("document.querySelector('main img, main script') === null"))
        .isEqualTo(true);
    assertThat(tab.evaluate("window.evil === undefined")).isEqualTo(true);
  }

  @Test
  void saysWhatToDoWhileThereIsNoPlan() {
    World empty = new World();
    try (RunningApi young = serve(directory.resolve("young"), empty)) {
      tab.go(young.url("/"));
      tab.until("document.body?.dataset.connection === 'live'");

      assertThat(tab.text("#summary")).contains("No plan yet").contains("holdfast plan apply");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void fitsEveryScreenInBothLanguagesAndSchemes() {
    unfold();
    for (String language : List.of("en", "zh-TW")) {
      for (boolean dark : new boolean[] {false, true}) {
        for (int width : new int[] {1280, 390}) {
          tab.look(width, 900, dark);
          openPage();
          tab.evaluate(
              "document.querySelector('#languages button[data-key=" + language + "]').click()");
          tab.screenshot(PICTURES.resolve(name(language, dark, width)));
          assertThat((Integer) tab.evaluate("document.documentElement.scrollWidth"))
              .isLessThanOrEqualTo(width);
        }
      }
    }
    assertThat(tab.complaints()).isEmpty();
  }

  private static String name(String language, boolean dark, int width) {
    return String.format(Locale.ROOT, "%s-%s-%d.png", language, dark ? "dark" : "light", width);
  }

  /** Everything at once: an open incident, an ended one, healing, a silent host. */
  private void unfold() {
    world.record(Samples.opened("2026-0006", Samples.WALL - 3_600_000));
    world.record(new IncidentEnded("2026-0006", Samples.WALL - 3_580_000, 21_400, true));
    long sequence = 1;
    for (HostEvent event :
        List.of(
            new HostEvent.ServiceExited("trading_engine", 4_711, -1, 9),
            new HostEvent.VerdictChanged(
                "trading_engine",
                io.holdfast.core.health.Verdict.HEALTHY,
                io.holdfast.core.health.Verdict.UNHEALTHY,
                List.of(Samples.refused()),
                Samples.WALL - 61_000,
                OptionalLong.of(800)),
            new HostEvent.HealingStarted(
                "trading_engine", Trigger.SERVICE_DOWN, Action.RESTART_SERVICE, 1, 3),
            new HostEvent.HealingFailed(
                "trading_engine", Trigger.SERVICE_DOWN, 1, "exited", OptionalLong.of(2_000)),
            new HostEvent.HealingHeld(
                "database",
                Trigger.SERVICE_DOWN,
                HeldReason.NOT_MANAGED_HERE,
                "not in agent.yaml"))) {
      world.record(Samples.event(sequence, Samples.WALL - 60_000 + sequence * 1_500, event));
      sequence++;
    }
    world.pass(5_000);
    breakTheEngine();
  }
}
