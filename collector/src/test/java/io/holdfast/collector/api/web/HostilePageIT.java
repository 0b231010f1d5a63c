package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.World;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.LastExit;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Names that nobody would give, and very many of them. */
class HostilePageIT {
  private static final String MARKUP =
      "<img src=x onerror=\"window.evil=1\"><script>window.evil=1</script>";
  private static final String TURNED = "engine\u202Eenigne";
  private static final String LONG = "a".repeat(250);

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;
  private final AtomicReference<SystemStatus> status =
      new AtomicReference<>(SystemStatus.getDefaultInstance());
  private PageStage stage;
  private Tab tab;

  @BeforeEach
  void start() {
    stage = new PageStage(browser, directory, new World(), status::get);
    tab = stage.tab;
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  /** Every text of the status is that one. */
  private static SystemStatus named(String name) {
    Reason reason = Reason.newBuilder().setCode(name).setCheck(name).setDetail(name).build();
    return SystemStatus.newBuilder()
        .setSystem(name)
        .setLocale(name)
        .setTimezone(name)
        .setPlanHash(name)
        .setCollector(name)
        .setSystemHealth(0.5)
        .setWallMillis(1_795_362_000_000L)
        .addHosts(
            HostStatus.newBuilder()
                .setName(name)
                .setSite(name)
                .setAddress(name)
                .setPlanHash("of " + name)
                .setCertificateEndsWallMillis(1)
                .setConnected(true))
        .addServices(
            service(name, name, Verdict.VERDICT_UNHEALTHY)
                .addReasons(reason)
                .setLastExit(
                    LastExit.newBuilder()
                        .setExited(ServiceExited.newBuilder().setResult(name).addLastLines(name))))
        .addOpenIncidents(
            Incident.newBuilder()
                .setId(name)
                .setLevel(name)
                .setService(name)
                .setHost(name)
                .setOpen(true)
                .setRtoMillis(7_200_000)
                .addReasons(reason))
        .build();
  }

  private static ServiceStatus.Builder service(String host, String name, Verdict verdict) {
    return ServiceStatus.newBuilder()
        .setName(name)
        .setHost(host)
        .setModule(name)
        .setCritical(true)
        .setExclusive(true)
        .setVerdict(verdict)
        .setBeat(Beat.newBuilder().setWallMillis(1_795_362_000_000L).setVerdict(verdict));
  }

  @Test
  void showsMarkupInNamesAsText() {
    status.set(named(MARKUP));

    stage.open();

    for (String part :
        new String[] {
          "#system",
          "#summary",
          "#incidents",
          "#hosts",
          "#changes",
          "#hosts .words",
          "#incidents .words",
          "#hosts .exit code",
          "#hosts .trouble"
        }) {
      assertThat(tab.text(part)).as(part).contains(MARKUP);
    }
    assertThat(tab.evaluate("document.querySelector('main img, main script') === null"))
        .isEqualTo(true);
    assertThat(tab.evaluate("window.evil === undefined")).isEqualTo(true);
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void writesOutWhatWouldTurnTextAround() {
    status.set(named(TURNED));

    stage.open();

    assertThat((String) tab.evaluate("document.documentElement.textContent"))
        .contains("engine⟨202E⟩enigne")
        .doesNotContain("\u202E");
  }

  @Test
  void breaksLongNamesAtEveryWidth() {
    status.set(named(LONG));
    for (int width : new int[] {1280, 400}) {
      tab.look(width, 900, false);
      stage.open();
      assertThat((Integer) tab.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
    }
  }

  @Test
  void touchesOnlyTheServiceThatChangedAmongThreeHundred() {
    status.set(many(Verdict.VERDICT_HEALTHY));
    stage.open();
    tab.until("document.querySelectorAll('.service').length === 300");
    assertThat((Integer) tab.evaluate("document.querySelectorAll('.service *').length"))
        .as("elements of 300 services")
        .isLessThan(300 * 30);
    tab.evaluate(
        "window.touched = new Set(); new MutationObserver(list => list.forEach(one => {"
            + " const row = (one.target.closest ? one.target : one.target.parentElement)"
            + ".closest('.service'); if (row) touched.add(row.dataset.key); }))"
            + ".observe(document.querySelector('#hosts'),"
            + " { subtree: true, childList: true, attributes: true, characterData: true })");

    status.set(many(Verdict.VERDICT_UNHEALTHY));

    tab.until("document.querySelector('.service.tone-unhealthy') !== null");
    assertThat(tab.evaluate("[...touched].join()")).isEqualTo("service-150");
  }

  /** Three hundred services, of which number 150 has that verdict. */
  private static SystemStatus many(Verdict verdict) {
    SystemStatus.Builder many =
        SystemStatus.newBuilder().setPlanHash("p").setWallMillis(1_795_362_000_000L);
    for (int host = 0; host < 10; host++) {
      many.addHosts(HostStatus.newBuilder().setName("host-" + host).setConnected(true));
    }
    for (int i = 0; i < 300; i++) {
      many.addServices(
          service("host-" + i / 30, "service-" + i, i == 150 ? verdict : Verdict.VERDICT_HEALTHY));
    }
    return many.build();
  }
}
