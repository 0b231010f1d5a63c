package io.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.health.ServiceVerdict;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.load.HostSample;
import io.holdfast.proto.agent.v1.Heartbeat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HeartbeatWriterTest {
  private static final Moment SINCE = new Moment(1_000, 50_000);

  private static io.holdfast.proto.agent.v1.ServiceVerdict written(
      Optional<Moment> judged, OptionalLong answerMillis) {
    ServiceView view =
        new ServiceView(
            "engine",
            new ServiceVerdict(Verdict.HEALTHY, List.of()),
            SINCE,
            42,
            false,
            judged,
            answerMillis);
    return HeartbeatWriter.write(
            new HeartbeatContent(new Moment(9_000, 58_000), Optional.empty(), List.of(view)))
        .getVerdicts(0);
  }

  @Test
  void saysWhenAVerdictWasGivenLastAndWhatTheAnswersTook() {
    var verdict = written(Optional.of(new Moment(8_000, 57_000)), OptionalLong.of(12));

    assertThat(verdict.getJudgedWallMillis()).isEqualTo(57_000);
    assertThat(verdict.getAnswerMillis()).isEqualTo(12);
  }

  @Test
  void saysThatNothingWasJudgedOrAnsweredYet() {
    var verdict = written(Optional.empty(), OptionalLong.empty());

    assertThat(verdict.getJudgedWallMillis()).isZero();
    assertThat(verdict.hasAnswerMillis()).isFalse();
  }

  @Test
  void tellsNoMoreDevicesAndVerdictsThanTheCollectorTakes() {
    HostSample sample =
        new HostSample(
            OptionalDouble.empty(),
            0,
            1,
            1,
            1,
            0,
            0,
            Collections.nCopies(300, new HostSample.Disk("sda", 0, 0, 0)),
            Collections.nCopies(300, new HostSample.FileSystem("/", "ext4", 1, 1, false)),
            Collections.nCopies(300, new HostSample.Network("veth", 0, 0, 0, true)),
            OptionalDouble.empty(),
            1);
    ServiceView view =
        new ServiceView(
            "engine",
            new ServiceVerdict(Verdict.HEALTHY, List.of()),
            SINCE,
            42,
            false,
            Optional.empty(),
            OptionalLong.empty());
    Heartbeat heartbeat =
        HeartbeatWriter.write(
            new HeartbeatContent(
                new Moment(9_000, 58_000), Optional.of(sample), Collections.nCopies(5_000, view)));
    assertThat(heartbeat.getVerdictsCount()).isEqualTo(4_096);
    assertThat(heartbeat.getSample().getDisksCount()).isEqualTo(256);
    assertThat(heartbeat.getSample().getFileSystemsCount()).isEqualTo(256);
    assertThat(heartbeat.getSample().getNetworksCount()).isEqualTo(256);
  }
}
