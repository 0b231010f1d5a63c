package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.holdfast.pki.DemoPki;
import io.holdfast.proto.agent.v1.AgentStarted;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventsDropped;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.HealingHeld;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.HealingVerified;
import io.holdfast.proto.agent.v1.PlanStored;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceExited;
import io.holdfast.proto.agent.v1.ServiceStarted;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.agent.v1.VerdictChanged;
import io.holdfast.proto.v1.RecordedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temp;
  private static Path pki;
  private FakeCollector collector;
  private String config;

  @BeforeAll
  static void makeCertificates() {
    pki = temp.resolve("pki");
    DemoPki.create(pki, List.of("trade-a"), List.of("collector-1"), List.of("127.0.0.1"));
  }

  @BeforeEach
  void start() throws Exception {
    collector = new FakeCollector(pki, "collector-1");
    collector.status = Samples.healthy();
    String text =
        """
        collectors: ["127.0.0.1:%d"]
        tls: {certificate: %s/operators/viewer.crt, key: %s/operators/viewer.key, ca: %s/ca.crt}
        """
            .formatted(collector.port(), pki, pki, pki);
    config = Files.writeString(temp.resolve("cli.yaml"), text).toString();
  }

  @AfterEach
  void stop() throws Exception {
    collector.close();
  }

  private Invocation run(String... arguments) {
    return new Invocation().with("HOLDFAST_CONFIG", config).run(arguments);
  }

  private static RecordedEvent event(long position, String host, Event.Builder event) {
    return RecordedEvent.newBuilder()
        .setPosition(position)
        .setHost(host)
        .setEvent(event.setWallMillis(Samples.NOW + 1000 * position))
        .build();
  }

  private static RecordedEvent started(long position, String host, String service) {
    ServiceStarted started =
        ServiceStarted.newBuilder().setService(service).setPid(position).build();
    return event(position, host, Event.newBuilder().setServiceStarted(started));
  }

  private static List<Long> positions(Invocation events) throws Exception {
    JsonNode list = JSON.readTree(events.out).get("events");
    return list.findValuesAsText("position").stream().map(Long::valueOf).toList();
  }

  @Test
  void saysEveryKindOfEventInASentence() {
    Event.Builder[] all = {
      Event.newBuilder()
          .setAgentStarted(AgentStarted.newBuilder().setBuild("0.1.0").addReattached("web_ui")),
      Event.newBuilder().setPlanStored(PlanStored.newBuilder().setPlanHash(Samples.HASH)),
      Event.newBuilder().setServiceStarted(ServiceStarted.newBuilder().setService("e").setPid(7)),
      Event.newBuilder()
          .setServiceExited(ServiceExited.newBuilder().setService("e").setPid(7).setExitCode(3)),
      Event.newBuilder()
          .setServiceExited(
              ServiceExited.newBuilder()
                  .setService("e")
                  .setPid(12345)
                  .setExitCode(-1)
                  .setSignal(9)
                  .setResult("oom-kill")
                  .addLastLines("loading")
                  .addLastLines("loaded")),
      Event.newBuilder()
          .setServiceExited(
              ServiceExited.newBuilder()
                  .setService("e")
                  .setExitCode(-1)
                  .setResult("start-limit-hit")),
      Event.newBuilder()
          .setVerdictChanged(
              VerdictChanged.newBuilder()
                  .setService("trading_engine")
                  .setFrom(Verdict.VERDICT_HEALTHY)
                  .setTo(Verdict.VERDICT_UNHEALTHY)
                  .addReasons(Reason.newBuilder().setCode("PROCESS_EXITED"))),
      Event.newBuilder()
          .setHealingStarted(
              HealingStarted.newBuilder()
                  .setService("e")
                  .setTrigger("SERVICE_DOWN")
                  .setAction("RESTART_SERVICE")
                  .setAttempt(1)
                  .setMaxAttempts(3)),
      Event.newBuilder()
          .setHealingVerified(
              HealingVerified.newBuilder().setService("e").setAttempt(1).setOutageMillis(3400)),
      Event.newBuilder()
          .setHealingFailed(
              HealingFailed.newBuilder()
                  .setService("e")
                  .setAttempt(2)
                  .setRetryInMillis(4000)
                  .setDetail("no\u001b[2J")),
      Event.newBuilder()
          .setHealingFailed(
              HealingFailed.newBuilder().setService("e").setAttempt(3).setRetryInMillis(-1)),
      Event.newBuilder()
          .setHealingHeld(HealingHeld.newBuilder().setService("e").setReason("COOLDOWN")),
      Event.newBuilder()
          .setEventsDropped(
              EventsDropped.newBuilder().setCount(1200).setFirstSequence(1).setLastSequence(1200)),
      Event.newBuilder()
    };
    for (int i = 0; i < all.length; i++) {
      collector.events.add(event(i + 1, "trade-a", all[i]));
    }
    Invocation events = run("events");
    assertThat(events.err).isEmpty();
    assertThat(events.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(events.out)
        .contains("POSITION  TIME      HOST     SERVICE         EVENT")
        .contains("14:03:23  trade-a  -               the agent started (build 0.1.0); it found")
        .contains("the host works from plan 0123456789ab")
        .contains("started as process 7", "process 7 ended with code 3")
        .contains("process 12345 was ended by signal 9 (oom-kill): loading / loaded")
        .contains("failed before its process began (start-limit-hit)")
        .contains("trade-a  trading_engine  healthy -> UNHEALTHY: the process ended")
        .contains("healing began: restart of the service, attempt 1 of 3 (service down)")
        .contains("healed by attempt 1 and verified; outage 3.4s")
        .contains("attempt 2 failed; the next one in 4.0s: no\\u001b[2J")
        .contains("attempt 3 failed; there is no further one")
        .contains("nothing is done: cooling down")
        .contains("1200 events could not be kept on the host (numbers 1 to 1200)")
        .contains("an event that this version does not know");
    assertThat(run("events", "--lang", "zh-TW").out)
        .contains("位置", "健康 -> 異常：程序已結束", "不採取動作：冷卻時間未到");
  }

  @Test
  void givesTheNewestUnlessAskedForThoseAfterAPosition() throws Exception {
    for (int i = 1; i <= 2500; i++) {
      collector.events.add(started(i, i % 2 == 0 ? "trade-b" : "trade-a", "s" + i % 5));
    }
    assertThat(positions(run("events", "-o", "json"))).hasSize(20).endsWith(2499L, 2500L);
    assertThat(positions(run("events", "-o", "json", "--limit", "2", "--host", "trade-a")))
        .containsExactly(2497L, 2499L);
    assertThat(positions(run("events", "-o", "json", "--limit", "3", "--service", "s1")))
        .containsExactly(2486L, 2491L, 2496L);
    assertThat(positions(run("events", "-o", "json", "--limit", "2", "--after", "1004")))
        .containsExactly(1005L, 1006L);
    assertThat(
            positions(
                run("events", "-o", "json", "--after", "3", "--service", "s1", "--limit", "1")))
        .containsExactly(6L);
    assertThat(positions(run("events", "-o", "json", "--limit", "0"))).isEmpty();
    String yaml = run("events", "-o", "yaml", "--limit", "2").out;
    assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml))
        .isEqualTo(JSON.readTree(run("events", "-o", "json", "--limit", "2").out));
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(run("events").out).isEqualTo("No events." + System.lineSeparator());
    collector.events.add(started(10, "trade-a", "web_ui"));
    collector.oldest = 10;
    assertThat(run("events", "--after", "3").err).contains("before position 10 is not kept");
    assertThat(run("events", "--after", "9").err).isEmpty();
  }

  @Test
  void refusesNumbersOutOfTheirRange() {
    assertThat(run("events", "--limit", "1001").err)
        .contains("--limit is 1001; allowed are 0 to 1000");
    Invocation negative = run("events", "--after", "-1");
    assertThat(negative.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(negative.err).contains("--after is -1");
    assertThat(run("events", "--limit", "x").err).contains("no value for --limit");
  }

  @Test
  void followsThroughARestartAndLosesNothing() throws Exception {
    collector.events.add(started(1, "trade-a", "web_ui"));
    collector.events.add(started(2, "trade-a", "web_ui"));
    try (Following follow = new Following(config, "events", "-f", "--limit", "1", "-o", "json")) {
      assertThat(JSON.readTree(follow.line()).get("position").asInt()).isEqualTo(2);
      collector.events.add(started(3, "trade-b", "web_ui"));
      assertThat(JSON.readTree(follow.line()).get("position").asInt()).isEqualTo(3);

      List<RecordedEvent> kept = List.copyOf(collector.events);
      int port = collector.port();
      collector.close();
      collector = new FakeCollector(pki, "collector-1", port);
      collector.events.addAll(kept);
      collector.events.add(started(4, "trade-a", "web_ui"));
      assertThat(JSON.readTree(follow.line()).get("position").asInt()).isEqualTo(4);
      assertThat(follow.messages()).containsOnlyOnce("the collector was lost, trying again");
    }
  }

  @Test
  void takesSilenceForNormalAndEndsWhenNobodyReads() throws Exception {
    try (Following follow = new Following(config, "events", "--follow", "--service", "web_ui")) {
      assertThat(follow.line()).startsWith("POSITION");
      // After the time that a collector may take to answer, the connection is tried.
      assertThat(collector.pinged.await(20, TimeUnit.SECONDS)).isTrue();
      collector.events.add(started(1, "trade-a", "other"));
      collector.events.add(started(2, "trade-a", "web_ui"));
      assertThat(follow.line()).startsWith("2 ").contains("started as process 2");
      follow.hangUp();
      collector.events.add(started(3, "trade-a", "web_ui"));
      assertThat(follow.exitCode()).isEqualTo(ExitCode.FINE);
      assertThat(follow.messages()).isEmpty();
    }
  }

  @Test
  void followsFromAPositionAndFailsAtOnceWhereNobodyAnswers() throws Exception {
    for (int i = 1; i <= 30; i++) {
      collector.events.add(started(i, "trade-a", "web_ui"));
    }
    try (Following follow = new Following(config, "events", "-f", "--after", "3", "-o", "yaml")) {
      assertThat(follow.line()).isEqualTo("---");
      assertThat(follow.line()).isEqualTo("position: 4");
    }
    collector.close();
    assertThat(run("events", "--follow").exitCode).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run("events", "--follow", "--after", "3", "-o", "json").exitCode)
        .isEqualTo(ExitCode.UNREACHABLE);
  }
}
