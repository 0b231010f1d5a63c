package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.Ending;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.HealingStarted;
import io.holdfast.proto.agent.v1.VerdictChanged;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventMappingTest {

  @Property(tries = 500)
  void everyEventComesBackAsItWas(@ForAll("events") SpooledEvent event) throws Exception {
    byte[] bytes = EventMapping.toProto(event).toByteArray();
    assertThat(EventMapping.fromProto(Event.parseFrom(bytes))).isEqualTo(event);
  }

  @Test
  void refusesAKindThatItDoesNotKnow() {
    assertThatThrownBy(() -> EventMapping.fromProto(Event.newBuilder().setSequence(7).build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("event 7")
        .hasMessageContaining("upgrade");
  }

  @Test
  void refusesASequenceThatDoesNotGrow() {
    Event event = Event.newBuilder().setSequence(3).setPrevious(3).build();
    assertThatThrownBy(() -> EventMapping.fromProto(event))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("sequence is 3; allowed: 4 to");
  }

  @Test
  void refusesAMissingVerdict() {
    Event event =
        Event.newBuilder()
            .setSequence(1)
            .setVerdictChanged(
                VerdictChanged.newBuilder()
                    .setFrom(io.holdfast.proto.agent.v1.Verdict.VERDICT_HEALTHY))
            .build();
    assertThatThrownBy(() -> EventMapping.fromProto(event))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("verdict");
  }

  @Test
  void refusesAnUnknownTriggerAndNamesTheKnownOnes() {
    Event event =
        Event.newBuilder()
            .setSequence(1)
            .setHealingStarted(HealingStarted.newBuilder().setTrigger("full_moon"))
            .build();
    assertThatThrownBy(() -> EventMapping.fromProto(event))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("full_moon")
        .hasMessageContaining("SERVICE_DOWN");
  }

  @Test
  void neverWritesASpanThatNoReaderWouldTakeBack() {
    SpooledEvent event =
        new SpooledEvent(
            1,
            0,
            new Moment(0, 0),
            "boot",
            new HostEvent.HealingVerified(
                "engine", Trigger.SERVICE_DOWN, 1, OptionalLong.of(-5), 0));
    assertThatThrownBy(() -> EventMapping.toProto(event)).isInstanceOf(WireException.class);
  }

  @Provide
  Arbitrary<SpooledEvent> events() {
    Arbitrary<Long> previous = Arbitraries.longs().between(0, Long.MAX_VALUE - 2_000);
    Arbitrary<Long> step = Arbitraries.longs().between(1, 1_000);
    Arbitrary<Moment> at =
        Combinators.combine(spans(), Arbitraries.longs().between(-1_000_000, Long.MAX_VALUE))
            .as(Moment::new);
    return Combinators.combine(previous, step, at, texts(), hostEvents())
        .as((before, more, when, boot, event) -> spooled(before, more, when, boot, event));
  }

  private static SpooledEvent spooled(
      long previous, long step, Moment at, String boot, HostEvent event) {
    return new SpooledEvent(previous + step, previous, at, boot, event);
  }

  private static Arbitrary<HostEvent> hostEvents() {
    return Arbitraries.oneOf(
        List.of(
            Combinators.combine(texts(), texts().list().ofMaxSize(3))
                .as(HostEvent.AgentStarted::new),
            texts().map(HostEvent.PlanStored::new),
            Combinators.combine(texts(), spans()).as(HostEvent.ServiceStarted::new),
            Combinators.combine(
                    texts(),
                    spans(),
                    Arbitraries.integers().between(-1, 255),
                    Arbitraries.integers().between(0, 64),
                    endings())
                .as(HostEvent.ServiceExited::new),
            Combinators.combine(verdicts(), verdicts(), reasons(), spans(), maybe())
                .as((from, to, why, wall, ago) -> changed(from, to, why, wall, ago)),
            Combinators.combine(
                    texts(), triggers(), Arbitraries.of(Action.class), attempts(), attempts())
                .as(HostEvent.HealingStarted::new),
            Combinators.combine(texts(), triggers(), attempts(), maybe(), spans())
                .as(HostEvent.HealingVerified::new),
            Combinators.combine(texts(), triggers(), attempts(), texts(), maybe())
                .as(HostEvent.HealingFailed::new),
            Combinators.combine(texts(), triggers(), Arbitraries.of(HeldReason.class), texts())
                .as(HostEvent.HealingHeld::new),
            Combinators.combine(texts(), spans(), spans(), spans(), spans(), spans())
                .as(HostEvent.EventsDropped::new)));
  }

  private static Arbitrary<Ending> endings() {
    return Combinators.combine(texts(), attempts(), texts().list().ofMaxSize(7)).as(Ending::new);
  }

  private static HostEvent changed(
      Verdict from, Verdict to, List<Reason> why, long wall, OptionalLong ago) {
    return new HostEvent.VerdictChanged("engine", from, to, why, wall, ago, wall);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().alpha().numeric().withChars("交易引擎 :/-_").ofMaxLength(12);
  }

  private static Arbitrary<Long> spans() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }

  private static Arbitrary<OptionalLong> maybe() {
    return spans().optional().map(span -> span.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static Arbitrary<Integer> attempts() {
    return Arbitraries.integers().between(0, 100);
  }

  private static Arbitrary<Trigger> triggers() {
    return Arbitraries.of(Trigger.class);
  }

  private static Arbitrary<Verdict> verdicts() {
    return Arbitraries.of(Verdict.class);
  }

  private static Arbitrary<List<Reason>> reasons() {
    return Combinators.combine(Arbitraries.of(ReasonCode.class), texts(), texts())
        .as(Reason::new)
        .list()
        .ofMaxSize(3);
  }
}
