package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.FleetView.HostLink;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.agent.Ending;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Level;
import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustChange;
import io.holdfast.core.trust.TrustDesk;
import io.holdfast.proto.agent.v1.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the page looks, in pictures that are kept, and what axe says of it: healthy, with an incident
 * and cut off, in both languages, both themes, on a desk and on a phone.
 */
class PageLookIT {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String FINDINGS =
      """
      axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations
        .map(one => one.impact + ' ' + one.id + ': ' + one.nodes.map(node => node.html).join(' '))
        .join('\\n'))
      """;

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
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void isGoodToLookAtForEveryone() {
    String axe =
        new String(
            WebJars.content(PageLookIT.class.getClassLoader(), "axe-core", "axe.min.js"),
            StandardCharsets.UTF_8);
    List<String> findings = new ArrayList<>();
    stage.open();
    tab.evaluate(axe);
    inspect("healthy", findings);
    unfold();
    tab.until("document.querySelector('.incident') !== null");
    tab.until("document.querySelectorAll('.words').length === 2");
    inspect("incident", findings);
    lose();
    tab.until("document.querySelector('.trouble') !== null");
    inspect("host-revoked", findings);
    stage.api.stop();
    tab.until("document.body.dataset.connection === 'lost'");
    inspect("cut-off", findings);

    assertThat(findings).isEmpty();
    assertThat(tab.complaints()).isEmpty();
  }

  /** A host is revoked, and another one's certificate is not renewed. */
  private void lose() {
    world.record(
        new TrustChanged(
            new TrustChange.CertificatesRevoked(
                new RevocationTarget.Identity(TrustDesk.host("trade-a")),
                Samples.WALL,
                "stolen",
                "admin")));
    world.change("trade-a", link -> link(false, 0, link));
    world.change("trade-b", link -> link(true, Samples.WALL + 90_000_000, link));
  }

  private static HostLink link(boolean connected, long certificateEnds, HostLink before) {
    return new HostLink(
        connected,
        before.planHash(),
        before.agentBuild(),
        before.stream(),
        certificateEnds,
        before.last());
  }

  private void inspect(String state, List<String> findings) {
    for (String language : List.of("en", "zh-TW")) {
      stage.choose(language);
      for (boolean dark : new boolean[] {false, true}) {
        String look =
            String.format(Locale.ROOT, "%s-%s-%s", state, language, dark ? "dark" : "light");
        picture(look, 400, dark);
        picture(look, 1280, dark);
        ((String) tab.evaluate(FINDINGS))
            .lines()
            .map(line -> look + ": " + line)
            .forEach(findings::add);
      }
    }
  }

  private void picture(String look, int width, boolean dark) {
    tab.look(width, 900, dark);
    tab.screenshot(PICTURES.resolve(look + "-" + width + ".png"));
    assertThat((Integer) tab.evaluate("document.documentElement.scrollWidth"))
        .as("width of %s", look)
        .isLessThanOrEqualTo(width);
  }

  /** Everything at once: an open incident, an ended one, healing that failed and that is held. */
  private void unfold() {
    world.record(
        new IncidentOpened(
            "2026-0006",
            "trade-a",
            "trading_engine",
            Level.P2,
            Samples.WALL - 3_601_400,
            Samples.WALL - 3_600_000,
            List.of(Samples.refused()),
            "critical trading service"));
    world.record(new IncidentEnded("2026-0006", Samples.WALL - 3_580_000, 21_400, true));
    long sequence = 1;
    for (HostEvent event :
        List.of(
            new HostEvent.VerdictChanged(
                "database",
                Verdict.HEALTHY,
                Verdict.UNHEALTHY,
                List.of(Samples.refused()),
                Samples.WALL - 71_000,
                OptionalLong.of(800)),
            new HostEvent.HealingHeld(
                "database", Trigger.SERVICE_DOWN, HeldReason.NOT_MANAGED_HERE, "not in agent.yaml"),
            new HostEvent.VerdictChanged(
                "trading_engine",
                Verdict.HEALTHY,
                Verdict.UNHEALTHY,
                List.of(Samples.refused()),
                Samples.WALL - 61_000,
                OptionalLong.of(800)),
            new HostEvent.HealingStarted(
                "trading_engine", Trigger.SERVICE_DOWN, Action.RESTART_SERVICE, 1, 3),
            new HostEvent.HealingFailed(
                "trading_engine", Trigger.SERVICE_DOWN, 1, "exited", OptionalLong.of(8_000)))) {
      world.record(Samples.event(sequence, Samples.WALL - 60_000 + sequence * 1_500, event));
      sequence++;
    }
    Ending ending =
        new Ending(
            "exit-code",
            0,
            List.of("engine: no route to the exchange", "engine: giving up after 3 tries"));
    world.record(
        Samples.event(
            sequence,
            Samples.WALL,
            new HostEvent.ServiceExited("trading_engine", 4_711, 3, 0, ending)));
    stage.breakTheEngine(5_000_000);
    world.beat(
        "trade-b",
        Samples.with(
            Samples.heartbeat("trade-b"),
            Samples.verdict("web_ui", io.holdfast.proto.agent.v1.Verdict.VERDICT_UNKNOWN)
                .addReasons(Reason.newBuilder().setCode("DECIDING"))));
  }
}
