package io.holdfast.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProbeFinished;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import io.holdfast.metrics.Rows;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentCatalogTest {
  private final AgentTally tally = new AgentTally();

  private Stream<String> scrape(String... services) {
    return AgentReadings.exposition()
        .text(AgentReadings.of(tally, List.of(services)))
        .lines()
        .filter(line -> !line.startsWith("#"));
  }

  private void probed(String service, long millis) {
    tally.taken(new ProbeFinished(service, "tcp", 1, new ProbeResult.Passed(), millis));
  }

  private static HostEvent verified(String service) {
    return new HealingVerified(service, Trigger.SERVICE_DOWN, 1, OptionalLong.empty(), 1);
  }

  private static AgentEvent inForce(String... services) {
    List<Service> planned =
        Stream.of(services)
            .map(name -> new Service(name, true, false, "m", "", List.of("h"), List.of()))
            .toList();
    return new AgentEvent.PlanInForce(
        new HostPlan("hash", "h", "test", planned, List.of()), Set.of());
  }

  @Test
  void showsTheHostItsServicesAndTheSpool() {
    assertThat(scrape("api"))
        .contains(
            "holdfast_host_cpu_busy_ratio 0.5",
            "holdfast_host_disk_busy_ratio{device=\"sda\"} 0.25",
            "holdfast_host_filesystem_readonly{mount=\"/data \\\"x\\\"\\n\"} 1.0",
            "holdfast_host_uptime_seconds 60.0",
            "holdfast_service_verdict{service=\"api\",verdict=\"healthy\"} 1.0",
            "holdfast_service_verdict{service=\"api\",verdict=\"unhealthy\"} 0.0",
            "holdfast_service_verdict{service=\"api\",verdict=\"unknown\"} 0.0",
            "holdfast_agent_spool_events_dropped_total 3.0",
            "holdfast_agent_build_info{version=\"1.0\"} 1")
        .noneMatch(line -> line.contains("temperature"));
  }

  @Test
  void countsChecksAttemptsAndStreams() {
    probed("api", 20);
    probed("api", 30);
    tally.told(verified("api"));
    tally.linkFailed();
    tally.linkOpened();
    assertThat(scrape("api"))
        .contains(
            "holdfast_service_probe_duration_seconds_count{check=\"tcp\",service=\"api\"} 2",
            "holdfast_service_probe_duration_seconds_sum{check=\"tcp\",service=\"api\"} 0.05",
            "holdfast_service_healing_attempts_total{result=\"verified\",service=\"api\"} 1.0",
            "holdfast_agent_link_connected 1.0",
            "holdfast_agent_link_opened_total 1.0",
            "holdfast_agent_link_failures_total 1.0");
  }

  @Test
  void forgetsServicesThatThePlanNoLongerHas() {
    probed("old", 1);
    tally.told(verified("old"));
    probed("kept", 1);
    tally.taken(inForce("kept"));
    assertThat(tally.counts().checks().keySet())
        .containsExactly(new AgentTally.Check("kept", "tcp"));
    assertThat(tally.counts().attempts()).isEmpty();
  }

  @Test
  void aFloodOfNamesTakesNoMoreThanItsBound() {
    for (int i = 0; i < 10_000; i++) {
      probed("service-" + i, 1);
      tally.told(verified("service-" + i));
    }
    assertThat(tally.counts().checks()).hasSize(Rows.ROWS_MAX);
    assertThat(tally.counts().attempts()).hasSize(Rows.ROWS_MAX);
    String[] names =
        IntStream.range(0, 10_000).mapToObj(i -> "service-" + i).toArray(String[]::new);

    assertThat(scrape(names)).hasSizeLessThan(7 * Rows.ROWS_MAX);
    assertThat(scrape(names))
        .anyMatch(line -> line.matches("holdfast_agent_series_left_out .*[1-9].*"));
  }
}
