package io.holdfast.agent.observe.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HardwareTest {

  @Test
  void tellsWhatThisHostIsMadeOf() {
    Inventory inventory = new Hardware().inventory();
    assertThat(inventory.operatingSystem()).isNotBlank();
    assertThat(inventory.kernel()).isEqualTo(System.getProperty("os.version"));
    assertThat(inventory.cpu()).isNotBlank();
    assertThat(inventory.logicalCpus()).isPositive();
    assertThat(inventory.memoryBytes()).isPositive();
    assertThat(inventory.disks()).allSatisfy(disk -> assertThat(disk.name()).doesNotContain("/"));
  }

  @Test
  void theTemperatureOfThisHostIsAbsentOrPositive() {
    OptionalDouble celsius = new Hardware().cpuTemperature().get();
    assertThat(celsius.orElse(1)).isPositive();
  }

  @Test
  void zeroDegreesMeanThatThereIsNoSensor() {
    assertThat(Hardware.rarely(() -> 0.0, () -> 0).get()).isEmpty();
    assertThat(Hardware.rarely(() -> Double.NaN, () -> 0).get()).isEmpty();
    assertThat(Hardware.rarely(() -> 41.5, () -> 0).get()).hasValue(41.5);
  }

  @Test
  void theSensorIsReadEveryTenSecondsAtMost() {
    AtomicLong nanos = new AtomicLong(-5);
    AtomicInteger reads = new AtomicInteger();
    Supplier<OptionalDouble> sensor =
        Hardware.rarely(() -> 40.0 + reads.incrementAndGet(), nanos::get);
    assertThat(sensor.get()).hasValue(41);
    nanos.addAndGet(9_999_999_999L);
    assertThat(sensor.get()).hasValue(41);
    nanos.incrementAndGet();
    assertThat(sensor.get()).hasValue(42);
  }
}
