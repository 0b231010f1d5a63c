package io.holdfast.agent.observe.probe;

import static io.holdfast.agent.testing.Probing.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.testing.Probing;
import io.holdfast.agent.testing.TestProbers;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAgeProbeTest {
  private static final String PLAN_PATH = "/var/lib/collector/last";

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void passesWhenTheFileWasChangedLately() throws IOException {
    changed(Instant.now().minusSeconds(60));
    assertThat(probe()).isEqualTo(new Passed());
  }

  @Test
  void passesWhenTheFileIsDatedInTheFuture() throws IOException {
    changed(Instant.now().plusSeconds(3600));
    assertThat(probe()).isEqualTo(new Passed());
  }

  @Test
  void failsWhenTheFileIsTooOld() throws IOException {
    changed(Instant.now().minusSeconds(600));
    Failed result = (Failed) probe();
    assertThat(result.code()).isEqualTo(ReasonCode.FILE_TOO_OLD);
    assertThat(result.detail()).contains("at most 120 s");
  }

  @Test
  void failsWhenTheFileIsMissing() {
    assertThat(((Failed) probe()).code()).isEqualTo(ReasonCode.FILE_MISSING);
  }

  @Test
  void aPathThatIsNotListedIsNotLookedAt() throws IOException {
    changed(Instant.now());
    Probing probing = TestProbers.files(vertx, Map.of(PLAN_PATH, file()));
    Inconclusive result =
        (Inconclusive) probing.run(new Probe.FileAge(file().toString(), Duration.ofDays(1)), LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.PROBE_BROKEN);
    assertThat(result.detail()).contains("not allowed by agent.yaml paths");
  }

  @Test
  void aFileThatCannotBeLookedAtTeachesNothing() throws IOException {
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    Probing probing = TestProbers.files(vertx, Map.of(PLAN_PATH, loop));
    ProbeResult result = probing.run(new Probe.FileAge(PLAN_PATH, Duration.ofMinutes(2)), LONG);
    assertThat(((Inconclusive) result).code()).isEqualTo(ReasonCode.PROBE_BROKEN);
  }

  private ProbeResult probe() {
    return TestProbers.files(vertx, Map.of(PLAN_PATH, file()))
        .run(new Probe.FileAge(PLAN_PATH, Duration.ofMinutes(2)), LONG);
  }

  private Path file() {
    return directory.resolve("last");
  }

  private void changed(Instant at) throws IOException {
    Files.writeString(file(), "x");
    Files.setLastModifiedTime(file(), FileTime.from(at));
  }
}
