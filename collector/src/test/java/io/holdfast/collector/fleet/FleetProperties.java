package io.holdfast.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ListAssert;

class FleetProperties {
  private static final List<String> HOSTS = List.of("trade-a", "trade-b", "stranger");
  private static final List<String> SERVICES = List.of("engine", "web", "unheard-of");

  @Property(tries = 60)
  void keepsNeverMoreThanItsBoundsWhateverComes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int happenings) {
    Random random = new Random(seed);
    Agents agents = new Agents();
    for (int i = 0; i < happenings; i++) {
      happen(agents, random);
    }
    agents.follow(Agents.plan("last", "trade-a engine", "trade-b web"));

    for (String host : HOSTS) {
      boolean planned = !host.equals("stranger");
      assertGrowing(agents.fleet.load(host, Integer.MAX_VALUE), planned ? 120 : 0);
      for (String service : SERVICES) {
        List<Beat> beats = agents.fleet.beats(host, service, Integer.MAX_VALUE);
        boolean placed = host.equals("trade-a") && service.equals("engine");
        placed |= host.equals("trade-b") && service.equals("web");
        assertBounded(beats, placed ? 60 : 0);
      }
    }
  }

  private static void assertGrowing(List<LoadPoint> points, int most) {
    assertThat(points).hasSizeLessThanOrEqualTo(most);
    growing(assertThat(points.stream().map(LoadPoint::getWallMillis).toList()));
    assertThat(points)
        .allMatch(point -> point.getCpuBusyRatio() >= 0 && point.getCpuBusyRatio() <= 1);
  }

  private static void assertBounded(List<Beat> beats, int most) {
    assertThat(beats).hasSizeLessThanOrEqualTo(most);
    growing(assertThat(beats.stream().map(Beat::getWallMillis).toList()));
    assertThat(beats)
        .allMatch(beat -> beat.getReasonsCount() <= 8 && beat.getAnswerMillis() >= 0)
        .allMatch(
            beat ->
                beat.getReasonsList().stream()
                    .allMatch(reason -> reason.getDetail().length() <= 256));
  }

  private static void growing(ListAssert<Long> times) {
    times.isSorted().doesNotHaveDuplicates();
  }

  private static void happen(Agents agents, Random random) {
    String host = HOSTS.get(random.nextInt(HOSTS.size()));
    switch (random.nextInt(8)) {
      case 0 -> agents.fleet.connected(host, "", "");
      case 1 -> agents.fleet.disconnected(host);
      case 2 -> agents.now = new Moment(agents.now.bootMillis(), random.nextLong(1L << 42));
      case 3 -> agents.follow(somePlan(random));
      case 4, 5 -> agents.pass(random.nextInt(8_000));
      default -> agents.fleet.heard(host, heartbeat(random), agents.now);
    }
  }

  private static io.holdfast.core.plan.Plan somePlan(Random random) {
    return random.nextInt(50) == 0
        ? Agents.plan("other", "trade-b engine")
        : Agents.plan("usual", "trade-a engine", "trade-b web");
  }

  private static Heartbeat heartbeat(Random random) {
    Heartbeat.Builder heartbeat =
        Heartbeat.newBuilder()
            .setSample(
                HostSample.newBuilder()
                    .setCpuBusyRatio(Double.longBitsToDouble(random.nextLong()))
                    .setMemoryTotalBytes(random.nextLong())
                    .setMemoryAvailableBytes(random.nextLong()));
    for (int i = random.nextInt(4); i > 0; i--) {
      ServiceVerdict.Builder verdict =
          ServiceVerdict.newBuilder()
              .setService(SERVICES.get(random.nextInt(SERVICES.size())))
              .setVerdictValue(random.nextInt(5))
              .setJudgedWallMillis(random.nextLong())
              .setAnswerMillis(random.nextLong());
      for (int r = random.nextInt(20); r > 0; r--) {
        verdict.addReasons(Reason.newBuilder().setDetail("😀".repeat(random.nextInt(400))));
      }
      heartbeat.addVerdicts(verdict);
    }
    return heartbeat.build();
  }
}
