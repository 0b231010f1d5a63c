package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.bench.report.Sample;
import io.holdfast.demo.stage.StageException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes to the measuring program and comes back, and what is told of it. */
class LabMeasuredTest {

  private static final Extent EXTENT =
      new Extent(Duration.ofSeconds(1), Duration.ofSeconds(2), 2, Duration.ofSeconds(3));

  private static final LabMeasured MEASURED =
      new LabMeasured(
          new Consumption(Sample.of(List.of(90.5, 91.0)), OptionalDouble.of(75.0), 0.9),
          new Consumption(Sample.of(List.of(8.25, 8.0)), OptionalDouble.empty(), 0.05),
          new Restarts(
              Sample.of(List.of(0.5, 0.25)),
              Sample.of(List.of(5.0, 2.5)),
              Sample.of(List.of(0.125, 0.2))),
          new Consumption(Sample.of(List.of(99.0)), OptionalDouble.of(98.0), 1.5));

  private static List<String> lines() {
    return Stream.concat(
            LabMeasured.lines(MEASURED.agent(), MEASURED.monit()).stream(),
            LabMeasured.lines(MEASURED.restarts(), MEASURED.afterwards()).stream())
        .toList();
  }

  @Test
  void comesBackAsItWasMeasured() {
    assertThat(LabMeasured.of(lines())).isEqualTo(MEASURED);
  }

  @Test
  void whatIsMissingIsAnErrorThatNamesIt() {
    List<String> broken = lines().stream().filter(line -> !line.startsWith("monit.cpu")).toList();

    assertThatThrownBy(() -> LabMeasured.of(broken))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("said nothing of monit.cpu");
  }

  @Test
  void whatIsToBeMeasuredComesAsItWasAsked() {
    var task = new LabTask(11, 22, 33, EXTENT, 439_285);

    assertThat(LabTask.of(task.words().toArray(String[]::new))).isEqualTo(task);
  }

  @Test
  void theReportHasTheFiguresOfUnitsAndOfThePackagedAgent() {
    assertThat(new AgentLabReport(EXTENT, "5.33.0", MEASURED).report().lines())
        .contains(
            "RESULT unit_restart_p50_s 0.250 s peer monit 2.50 ratio 0.100",
            "RESULT unit_restart_p99_s 0.500 s peer monit 5.00 ratio 0.100",
            "RESULT packaged_agent_rss_mb 91.0 MB peer monit 8.25 ratio 11.0",
            "RESULT packaged_agent_cpu_seconds_per_minute 0.900 s/min peer monit 0.0500 ratio 18.0")
        .anyMatch(line -> line.matches(" +the same after a reload and 2 healings +n=1 +99.0 .*"))
        .anyMatch(line -> line.matches(" +unit_restart_p99_s +0.500 +s +≤ 1.5: met"));
  }
}
