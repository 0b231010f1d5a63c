package io.holdfast.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.collector.api.FleetView.HostLink;
import io.holdfast.core.agent.Ending;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.trust.RevocationTarget;
import io.holdfast.core.trust.TrustChange;
import io.holdfast.core.trust.TrustDesk;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusViewTest {
  private static final io.holdfast.proto.agent.v1.Verdict UNKNOWN =
      io.holdfast.proto.agent.v1.Verdict.VERDICT_UNKNOWN;
  private static final io.holdfast.proto.agent.v1.Verdict UNHEALTHY =
      io.holdfast.proto.agent.v1.Verdict.VERDICT_UNHEALTHY;

  private final World world = World.healthy("zh-TW");

  @Test
  void tellsOnlyTheCollectorWhileNoPlanWasApplied() {
    SystemStatus status = new World().view().status();

    assertThat(status.getCollector()).isEqualTo("collector-1");
    assertThat(status.getPlanHash()).isEmpty();
    assertThat(status.hasSystemHealth()).isFalse();
    assertThat(status.getServicesList()).isEmpty();
  }

  @Test
  void tellsEachServiceOnEachHostOfThePlan() {
    SystemStatus status = world.view().status();

    assertThat(status.getServicesList())
        .extracting(service -> service.getName() + "@" + service.getHost())
        .containsExactly(
            "database@trade-a",
            "api_server@trade-a",
            "api_server@trade-b",
            "trading_engine@trade-a",
            "data_collector@trade-a",
            "web_ui@trade-b");
    assertThat(status.getSystemHealth()).isEqualTo(1.0);
    assertThat(status.getLocale()).isEqualTo("zh-TW");
    assertThat(status.getTimezone()).isEqualTo("Asia/Taipei");
    assertThat(status.getLedgerIndex()).isEqualTo(1);
  }

  @Test
  void weighsCriticalServicesThreefold() {
    world.beat(
        "trade-a",
        Samples.with(Samples.heartbeat("trade-a"), Samples.verdict("trading_engine", UNHEALTHY)));

    assertThat(world.view().status().getSystemHealth()).isCloseTo(11.0 / 14, within(1e-9));
  }

  @Test
  void knowsNothingOfTheServicesOfASilentHost() {
    world.pass(3_001);
    world.beat("trade-b", Samples.heartbeat("trade-b"));

    SystemStatus status = world.view().status();

    assertThat(on(status, "trade-a"))
        .allSatisfy(
            service -> {
              assertThat(service.getVerdict()).isEqualTo(UNKNOWN);
              assertThat(service.getReasons(0).getCode()).isEqualTo("HOST_SILENT");
              assertThat(service.getSinceWallMillis()).isEqualTo(Samples.WALL);
            });
    assertThat(on(status, "trade-b")).noneMatch(service -> service.getVerdict() == UNKNOWN);
    assertThat(status.getSystemHealth()).isCloseTo(4.0 / 14, within(1e-9));
  }

  @Test
  void believesAHeartbeatForThreeSeconds() {
    world.pass(3_000);

    assertThat(world.view().status().getSystemHealth()).isEqualTo(1.0);
  }

  @Test
  void knowsNothingOfADisconnectedHostThoughItsLastHeartbeatIsFresh() {
    world.change(
        "trade-a",
        link -> new HostLink(false, link.planHash(), link.agentBuild(), "", 0, link.last()));

    SystemStatus status = world.view().status();

    assertThat(on(status, "trade-a")).allMatch(service -> service.getVerdict() == UNKNOWN);
    assertThat(status.getHosts(0).getConnected()).isFalse();
  }

  @Test
  void tellsTheLastWordsOfAServiceThatIsNotHealthyHoweverMuchHappenedSince() {
    world.record(
        Samples.event(
            1,
            Samples.WALL,
            new HostEvent.ServiceExited(
                "trading_engine", 7, 3, 0, new Ending("exit-code", 0, List.of("no route")))));
    for (int i = 2; i <= 60; i++) {
      world.record(Samples.event(i, Samples.WALL + i, change()));
    }
    assertThat(on(world.view().status(), "trade-a")).noneMatch(ServiceStatus::hasLastExit);

    world.beat(
        "trade-a",
        Samples.with(Samples.heartbeat("trade-a"), Samples.verdict("trading_engine", UNHEALTHY)));

    assertThat(on(world.view().status(), "trade-a"))
        .filteredOn(ServiceStatus::hasLastExit)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getName()).isEqualTo("trading_engine");
              assertThat(row.getLastExit().getWallMillis()).isEqualTo(Samples.WALL);
              assertThat(row.getLastExit().getExited().getLastLinesList())
                  .containsExactly("no route");
            });
  }

  @Test
  void tellsOfARevokedHostUntilItHasANewCertificate() {
    StatusView view = world.view();
    issue("1a", Samples.WALL - 1_000);
    world.change(
        "trade-a",
        link -> new HostLink(false, link.planHash(), link.agentBuild(), "", 0, link.last()));
    long day = 86_400_000;
    assertThat(view.status().getHosts(0))
        .returns(Samples.WALL - 1_000 + 3 * day, HostStatus::getCertificateEndsWallMillis)
        .returns(Samples.WALL - 1_000 + 2 * day, HostStatus::getCertificateLateWallMillis)
        .returns(0L, HostStatus::getCertificateRevokedWallMillis);

    world.record(
        new TrustChanged(
            new TrustChange.CertificatesRevoked(
                new RevocationTarget.Identity(TrustDesk.host("trade-a")),
                Samples.WALL,
                "stolen",
                "admin")));
    assertThat(view.status().getHosts(0).getCertificateRevokedWallMillis()).isEqualTo(Samples.WALL);
    assertThat(view.status().getHosts(1).getCertificateRevokedWallMillis()).isZero();

    issue("2b", Samples.WALL + 1_000);
    assertThat(view.status().getHosts(0).getCertificateRevokedWallMillis()).isZero();
  }

  /** For three days. */
  private void issue(String serial, long wallMillis) {
    world.record(
        new TrustChanged(
            new TrustChange.CertificateIssued(
                serial,
                TrustDesk.host("trade-a"),
                wallMillis,
                wallMillis + 3 * 86_400_000L,
                TrustChange.Cause.ENROLMENT)));
  }

  @Test
  void saysOfAHostThatNeverConnectedThatItWasNeverHeard() {
    world.forget("trade-b");

    HostStatus host = world.view().status().getHosts(1);

    assertThat(host.getSilentMillis()).isEqualTo(-1);
    assertThat(host.hasSample()).isFalse();
    assertThat(host.getSite()).isEqualTo("standby");
  }

  @Test
  void saysOfAServiceThatTheAgentDoesNotMentionThatItIsNotCheckedYet() {
    world.beat("trade-b", Samples.heartbeat("trade-b").toBuilder().clearVerdicts().build());

    assertThat(on(world.view().status(), "trade-b"))
        .allMatch(service -> service.getReasons(0).getCode().equals("NOT_CHECKED_YET"));
  }

  @Test
  void takesAVerdictThatItDoesNotKnowForUnknown() {
    world.beat(
        "trade-a",
        Samples.with(
            Samples.heartbeat("trade-a"),
            Samples.verdict("database", UNKNOWN).setVerdictValue(99)));

    assertThat(world.view().status().getServices(0).getVerdict()).isEqualTo(UNKNOWN);
  }

  @Test
  void countsAnOpenIncidentFromLastKnownGoodAgainstTheObjectiveOfItsLevel() {
    world.record(Samples.opened("1", Samples.WALL - 10_000));
    world.pass(5_000);

    Incident incident = world.view().status().getOpenIncidents(0);

    assertThat(incident.getOutageMillis()).isEqualTo(15_000);
    assertThat(incident.getRtoMillis()).isEqualTo(7_200_000);
    assertThat(incident.getReasons(0).getCode()).isEqualTo("CONNECTION_REFUSED");
  }

  @Test
  void countsAnIncidentOfAServiceNeverSeenGoodFromItsOpening() {
    world.record(Samples.opened("1", 0));
    world.pass(5_000);

    assertThat(world.view().status().getOpenIncidents(0).getOutageMillis()).isEqualTo(5_000);
  }

  @Test
  void keepsAnEndedIncidentWithItsMeasuredOutage() {
    world.record(Samples.opened("1", Samples.WALL - 10_000));
    world.record(new IncidentEnded("1", Samples.WALL + 2_000, 12_000, true));

    SystemStatus status = world.view().status();

    assertThat(status.getOpenIncidentsList()).isEmpty();
    assertThat(status.getRecentIncidents(0).getOutageMillis()).isEqualTo(12_000);
    assertThat(status.getRecentIncidents(0).getAbandoned()).isFalse();
  }

  @Test
  void tellsTheNewestTwentyEventsNewestFirstWithoutRoutine() {
    for (int i = 1; i <= 40; i += 2) {
      world.record(Samples.event(i, Samples.WALL + i, change()));
      world.record(
          Samples.event(i + 1, Samples.WALL + i, new HostEvent.AgentStarted("b", List.of())));
    }
    world.record(Samples.event(41, Samples.WALL, new HostEvent.ServiceExited("web_ui", 7, -1, 9)));

    SystemStatus status = world.view().status();

    assertThat(status.getRecentList()).hasSize(20);
    assertThat(status.getRecent(0).getEvent().getServiceExited().getSignal()).isEqualTo(9);
    assertThat(status.getRecentList())
        .noneMatch(event -> event.getEvent().getEventCase() == Event.EventCase.AGENT_STARTED);
  }

  @Test
  void keepsTheNewestFiftyChangesOfVerdictHoweverMuchHealingThereWas() {
    for (int i = 1; i <= 60; i++) {
      world.record(Samples.event(i, Samples.WALL + i, change()));
    }
    for (int i = 61; i <= 500; i++) {
      world.record(Samples.event(i, Samples.WALL, new HostEvent.ServiceExited("web_ui", i, -1, 9)));
    }

    SystemStatus status = world.view().status();

    assertThat(status.getRecentChangesList())
        .hasSize(50)
        .allMatch(event -> event.getEvent().getEventCase() == Event.EventCase.VERDICT_CHANGED)
        .extracting(io.holdfast.proto.v1.RecordedEvent::getPosition)
        .startsWith(60L)
        .endsWith(11L);
  }

  private static HostEvent change() {
    return new HostEvent.VerdictChanged(
        "web_ui", Verdict.HEALTHY, Verdict.UNHEALTHY, List.of(), 0, OptionalLong.empty());
  }

  private static List<ServiceStatus> on(SystemStatus status, String host) {
    return status.getServicesList().stream()
        .filter(service -> service.getHost().equals(host))
        .toList();
  }
}
