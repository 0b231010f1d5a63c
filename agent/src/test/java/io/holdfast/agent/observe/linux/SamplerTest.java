package io.holdfast.agent.observe.linux;

import static io.holdfast.agent.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.agent.observe.linux.FileSystemSpace.Space;
import io.holdfast.core.load.HostSample;
import io.holdfast.core.load.HostSample.FileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the text files of a host, captured twice two seconds apart, and on this host itself. */
class SamplerTest {
  private static final Path CAPTURED = Path.of("src/test/resources/observe/linux");

  private final AtomicLong nanos = new AtomicLong(1_000);
  @TempDir private Path root;

  @BeforeEach
  void firstCapture() throws IOException {
    capture("first");
  }

  @Test
  void theFirstSampleHasLevelsAndNoRates() {
    try (Sampler sampler = sampler(mount -> new Space(1000, 400))) {
      HostSample sample = sampler.sample();
      assertThat(sample.cpuBusyRatio()).isEmpty();
      assertThat(sample.disks()).isEmpty();
      assertThat(sample.networks()).isEmpty();
      assertThat(sample.cpus()).isEqualTo(2);
      assertThat(sample.load1m()).isEqualTo(0.57);
      assertThat(sample.memoryTotalBytes()).isEqualTo(24684096L * 1024);
      assertThat(sample.memoryAvailableBytes()).isEqualTo(24088208L * 1024);
      assertThat(sample.swapTotalBytes()).isZero();
      assertThat(sample.uptimeMillis()).isEqualTo(1_379_930);
      assertThat(sample.cpuTemperatureCelsius()).hasValue(41.5);
      assertThat(sample.fileSystems())
          .containsExactly(
              new FileSystem("/", "ext4", 1000, 400, false),
              new FileSystem("/data", "ext4", 1000, 400, true));
    }
  }

  @Test
  void theSecondSampleHasRatesOfRealDisksAndNetworks() throws IOException {
    try (Sampler sampler = sampler(mount -> new Space(1000, 400))) {
      sampler.sample();
      capture("second");
      nanos.addAndGet(2_000_000_000L);
      HostSample sample = sampler.sample();
      assertThat(sample.cpuBusyRatio().orElseThrow()).isCloseTo(0.25, within(1e-9));
      assertThat(sample.disks()).containsExactly(new HostSample.Disk("vda", 256_000, 512_000, 0.5));
      assertThat(sample.networks())
          .containsExactly(
              new HostSample.Network("ifb0", 0, 0, 0, false),
              new HostSample.Network("eth0", 5000, 1000, 1.5, true));
    }
  }

  @Test
  void aFileSystemThatHangsIsLeftOutAndHoldsUpNothingElse() {
    CountDownLatch server = new CountDownLatch(1);
    try (Sampler sampler =
        sampler(
            mount -> {
              if (mount.equals("/data")) {
                awaitQuietly(server);
              }
              return new Space(1000, 400);
            })) {
      for (int i = 0; i < 20; i++) {
        assertThat(mounts(sampler.sample())).containsExactly("/");
      }
      server.countDown();
      eventually(
          "the file system is back", () -> mounts(sampler.sample()).equals(List.of("/", "/data")));
    }
  }

  @Test
  void aHostWithoutDisksNetworksAndSensorsHasASampleAllTheSame() throws IOException {
    Files.delete(root.resolve("proc/diskstats"));
    Files.delete(root.resolve("proc/net/dev"));
    Sampler sampler =
        new Sampler(
            new KernelFiles(root),
            new FileSystemSpace(mount -> new Space(0, 0)),
            OptionalDouble::empty,
            () -> nanos.addAndGet(1_000_000_000));
    try (sampler) {
      sampler.sample();
      HostSample sample = sampler.sample();
      assertThat(sample.disks()).isEmpty();
      assertThat(sample.networks()).isEmpty();
      assertThat(sample.fileSystems()).isEmpty();
      assertThat(sample.cpuTemperatureCelsius()).isEmpty();
    }
  }

  @Test
  void aMissingFileThatEveryLinuxHasIsNamed() throws IOException {
    Files.delete(root.resolve("proc/meminfo"));
    try (Sampler sampler = sampler(mount -> new Space(1, 1))) {
      assertThatThrownBy(sampler::sample)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("proc/meminfo cannot be read");
    }
  }

  @Test
  void samplesThisHost() {
    try (Sampler sampler = new Sampler(OptionalDouble::empty)) {
      sampler.sample();
      eventually("a tick has passed", () -> sampler.sample().cpuBusyRatio().isPresent());
      HostSample sample = sampler.sample();
      assertThat(sample.cpus()).isPositive();
      assertThat(sample.memoryTotalBytes()).isGreaterThan(sample.memoryAvailableBytes());
      assertThat(sample.memoryAvailableBytes()).isPositive();
      assertThat(sample.uptimeMillis()).isPositive();
      assertThat(sample.fileSystems())
          .anySatisfy(
              fs -> {
                assertThat(fs.mount()).isEqualTo("/");
                assertThat(fs.totalBytes()).isGreaterThanOrEqualTo(fs.availableBytes());
              });
      assertThat(sample.networks()).noneMatch(network -> network.name().equals("lo"));
    }
  }

  private Sampler sampler(java.util.function.Function<String, Space> statvfs) {
    return new Sampler(
        new KernelFiles(root),
        new FileSystemSpace(statvfs),
        () -> OptionalDouble.of(41.5),
        nanos::get);
  }

  private static List<String> mounts(HostSample sample) {
    return sample.fileSystems().stream().map(FileSystem::mount).toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void capture(String name) throws IOException {
    Path from = CAPTURED.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = root.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
