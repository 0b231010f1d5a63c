package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.World;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The time, the value and the reason of a verdict: by mouse, by keyboard and by finger. */
class HeartbeatBarIT {
  private static final String ENGINE = "#hosts .service[data-key=trading_engine] ";
  private static final String BAR = ENGINE + ".beat-list";

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;
  private final World world = World.healthy("en");
  private PageStage stage;
  private Tab tab;

  @BeforeEach
  void start() {
    stage = new PageStage(browser, directory, world, world.view()::status);
    tab = stage.tab;
    stage.remember();
    stage.breakTheEngine(1_000);
    stage.open();
    tab.until("document.querySelectorAll('" + BAR + "').length === 1");
    tab.until("document.querySelector('" + ENGINE + ".beats-sum').innerText.includes(': 60,')");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private void untilReadout(String part) {
    tab.until(
        "document.querySelector('" + ENGINE + ".readout')?.innerText.includes('" + part + "')");
  }

  private String focused() {
    return (String) tab.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
  }

  @Test
  void tellsOfTheVerdictUnderTheMouse() {
    tab.point(BAR, 0.999);
    untilReadout("unhealthy");
    assertThat(tab.text(ENGINE + ".readout"))
        .contains("no answer")
        .contains("connection refused")
        .contains("127.0.0.1:8001");

    tab.point(BAR, 0.5);
    untilReadout("answered in");
    assertThat(tab.text(ENGINE + ".readout")).contains("healthy").doesNotContain("refused");

    tab.press("Escape");
    tab.until("document.querySelector('.readout') === null");
  }

  @Test
  void isOneStopForTheKeyboardAndThenMovesWithTheArrows() {
    assertThat(tab.evaluate("document.querySelectorAll('" + BAR + " [tabindex=\"0\"]').length"))
        .isEqualTo(1);
    tab.evaluate("document.querySelector('" + BAR + " [tabindex=\"0\"]').focus()");
    untilReadout("unhealthy");
    assertThat(focused()).contains("unhealthy, no answer, http: connection refused");

    tab.screenshot(Path.of("target", "screenshots", "heartbeat-bar.png"));

    tab.press("ArrowLeft");
    untilReadout("answered in");
    tab.until("document.activeElement.getAttribute('aria-posinset') === '59'");
    assertThat(focused()).contains(", healthy, answered in ");
    tab.press("Home");
    tab.until("document.activeElement.getAttribute('aria-posinset') === '1'");
    tab.press("ArrowLeft");
    tab.press("End");
    tab.until("document.activeElement.getAttribute('aria-posinset') === '60'");
    assertThat(tab.evaluate("document.querySelectorAll('" + BAR + " [tabindex=\"0\"]').length"))
        .isEqualTo(1);

    tab.press("Escape");
    tab.until("document.querySelector('.readout') === null");
  }

  @Test
  void tellsOfAVerdictThatAFingerTouches() {
    tab.look(400, 800, false);

    tab.tap(BAR, 0.5);

    untilReadout("answered in");
    assertThat(tab.text(ENGINE + ".readout")).contains("healthy");
  }
}
