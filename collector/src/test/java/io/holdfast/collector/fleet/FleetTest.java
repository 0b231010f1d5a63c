package io.holdfast.collector.fleet;

import static io.holdfast.collector.fleet.Agents.judged;
import static io.holdfast.proto.agent.v1.Verdict.VERDICT_HEALTHY;
import static io.holdfast.proto.agent.v1.Verdict.VERDICT_UNHEALTHY;
import static io.holdfast.proto.agent.v1.Verdict.VERDICT_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Agents agents = new Agents();

  @BeforeEach
  void begin() {
    agents.review();
    agents.connect("trade-a", "trade-b");
  }

  private List<Beat> engine() {
    return agents.fleet.beats("trade-a", "engine", Fleet.BEATS);
  }

  private List<LoadPoint> load() {
    return agents.fleet.load("trade-a", Fleet.LOAD_POINTS);
  }

  @Test
  void addsABeatForEachVerdictGivenThoughItStaysTheSame() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 7).setAnswerMillis(12));
    agents.pass(1_000);
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 7).setAnswerMillis(12));
    agents.pass(1_000);
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 9));

    assertThat(engine())
        .containsExactly(
            Beat.newBuilder()
                .setWallMillis(Agents.WALL)
                .setVerdict(VERDICT_HEALTHY)
                .setAnswerMillis(12)
                .build(),
            Beat.newBuilder()
                .setWallMillis(Agents.WALL + 2_000)
                .setVerdict(VERDICT_HEALTHY)
                .build());
  }

  @Test
  void addsNoBeatBeforeTheAgentHasJudged() {
    agents.hear("trade-a", judged("engine", VERDICT_UNKNOWN, 0));

    assertThat(engine()).isEmpty();
  }

  @Test
  void keepsTheReasonsOfABeat() {
    Reason refused = Reason.newBuilder().setCode("CONNECTION_REFUSED").setCheck("http").build();
    agents.hear("trade-a", judged("engine", VERDICT_UNHEALTHY, 1).addReasons(refused));
    agents.hear("trade-a", judged("engine", VERDICT_UNHEALTHY, 2).addReasons(refused));

    assertThat(engine()).hasSize(2).allMatch(beat -> beat.getReasonsList().contains(refused));
  }

  @Test
  void takesAVerdictThatItDoesNotKnowForUnknown() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1).setVerdictValue(99));

    assertThat(engine().getFirst().getVerdict()).isEqualTo(VERDICT_UNKNOWN);
  }

  @Test
  void keepsTheNewestSixty() {
    for (int i = 1; i <= 70; i++) {
      agents.pass(500);
      agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, i).setAnswerMillis(i));
    }

    assertThat(engine())
        .extracting(Beat::getAnswerMillis)
        .hasSize(60)
        .startsWith(11L)
        .endsWith(70L);
    assertThat(agents.fleet.beats("trade-a", "engine", 1))
        .extracting(Beat::getAnswerMillis)
        .containsExactly(70L);
  }

  @Test
  void datesBeatsStrictlyGrowingThoughTheClockIsPutBack() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.now = new Moment(agents.now.bootMillis() + 1_000, Agents.WALL - 3_600_000);
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 2));

    assertThat(engine())
        .extracting(Beat::getWallMillis)
        .containsExactly(Agents.WALL, Agents.WALL + 1);
  }

  @Test
  void showsASilentHostOnceItIsSilentAndThenOncePerUsualInterval() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.pass(3_000);
    assertThat(engine()).as("believed for three seconds").hasSize(1);
    agents.pass(500);
    assertThat(engine()).hasSize(2);
    agents.pass(2 * Agents.INTERVAL_MILLIS);

    assertThat(engine()).hasSize(4);
    assertThat(engine().subList(1, 4))
        .allSatisfy(
            beat -> {
              assertThat(beat.getVerdict()).isEqualTo(VERDICT_UNKNOWN);
              assertThat(beat.getReasons(0).getCode()).isEqualTo("HOST_SILENT");
              assertThat(beat.hasAnswerMillis()).isFalse();
            });
  }

  @Test
  void showsASilentHostAtOnceWhenItsStreamEnds() {
    agents.pass(4_000);
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.fleet.disconnected("trade-a");
    agents.pass(500);

    assertThat(engine().getLast().getVerdict()).isEqualTo(VERDICT_UNKNOWN);
  }

  @Test
  void showsTheVerdictAgainAfterASilenceThoughItWasGivenBefore() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.pass(4_000);
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));

    assertThat(engine())
        .extracting(Beat::getVerdict)
        .containsExactly(VERDICT_HEALTHY, VERDICT_UNKNOWN, VERDICT_HEALTHY);
  }

  @Test
  void showsAPlannedHostThatWasNeverHeardAsSilentAfterThreeSeconds() {
    agents.pass(3_000);
    assertThat(engine()).isEmpty();
    agents.pass(500);

    assertThat(engine()).extracting(Beat::getVerdict).containsExactly(VERDICT_UNKNOWN);
  }

  @Test
  void keepsNothingOfWhatIsNotPlanned() {
    agents.hear("trade-a", judged("stranger", VERDICT_HEALTHY, 1));
    agents.hear("elsewhere", judged("engine", VERDICT_HEALTHY, 1));

    assertThat(agents.fleet.beats("trade-a", "stranger", 60)).isEmpty();
    assertThat(agents.fleet.beats("elsewhere", "engine", 60)).isEmpty();
  }

  @Test
  void forgetsAServiceAndAHostThatLeaveThePlanAndKeepsTheOthers() {
    agents.hear("trade-a", judged("engine", VERDICT_HEALTHY, 1));
    agents.hear("trade-b", judged("web", VERDICT_HEALTHY, 1));
    agents.fleet.disconnected("trade-b");
    agents.follow(Agents.plan("two", "trade-a engine", "trade-a other"));

    assertThat(engine()).hasSize(1);
    assertThat(agents.fleet.host("trade-b")).isEmpty();
    agents.follow(Agents.plan("three", "trade-a other", "trade-b web"));
    assertThat(engine()).isEmpty();
    assertThat(agents.fleet.beats("trade-b", "web", 60)).isEmpty();
  }

  @Test
  void keepsTheLinkOfAHostThatLeftThePlanUntilItIsClosed() {
    agents.follow(Agents.plan("two", "trade-a engine"));
    assertThat(agents.fleet.host("trade-b")).isPresent();
    agents.fleet.disconnected("trade-b");
    agents.review();

    assertThat(agents.fleet.host("trade-b")).isEmpty();
  }

  @Test
  void makesAPointOfTheMeanOfFiveSeconds() {
    agents.sample("trade-a", sample(0.2, 0.5, 1_000));
    agents.pass(1_000);
    agents.sample("trade-a", sample(0.4, 0.7, 3_000));
    assertThat(load()).as("the window is not over").isEmpty();
    agents.pass(4_000);

    assertThat(load())
        .containsExactly(
            LoadPoint.newBuilder()
                .setWallMillis(Agents.WALL + 1_000)
                .setCpuBusyRatio(0.3)
                .setMemoryUsedRatio(0.25)
                .setDiskUsedRatio(0.9)
                .setDiskBusyRatio(0.6)
                .setNetworkBytesPerSecond(2_500)
                .build());
    agents.pass(10_000);
    assertThat(load()).as("nothing was heard").hasSize(1);
  }

  private static HostSample.Builder sample(double cpu, double disk, double received) {
    return HostSample.newBuilder()
        .setCpuBusyRatio(cpu)
        .setMemoryTotalBytes(1_000)
        .setMemoryAvailableBytes(750)
        .addDisks(HostSample.Disk.newBuilder().setBusyRatio(0.1))
        .addDisks(HostSample.Disk.newBuilder().setBusyRatio(disk))
        .addFileSystems(HostSample.FileSystem.newBuilder().setTotalBytes(100).setAvailableBytes(50))
        .addFileSystems(HostSample.FileSystem.newBuilder().setTotalBytes(100).setAvailableBytes(10))
        .addNetworks(network("eth0", received, 400))
        .addNetworks(network("eth1", 0, 100))
        .addNetworks(network("lo", 1e9, 1e9));
  }

  private static HostSample.Network.Builder network(String name, double in, double out) {
    return HostSample.Network.newBuilder()
        .setName(name)
        .setReceiveBytesPerSecond(in)
        .setTransmitBytesPerSecond(out);
  }

  @Test
  void leavesOutWhatWasNotMeasuredAndWhatCannotBe() {
    agents.sample(
        "trade-a",
        HostSample.newBuilder()
            .setCpuBusyRatio(Double.NaN)
            .addDisks(HostSample.Disk.newBuilder().setBusyRatio(Double.POSITIVE_INFINITY))
            .addFileSystems(HostSample.FileSystem.newBuilder().setTotalBytes(-5))
            .addNetworks(network("eth0", -1, 0)));
    agents.pass(5_000);

    assertThat(load()).containsExactly(LoadPoint.newBuilder().setWallMillis(Agents.WALL).build());
  }
}
