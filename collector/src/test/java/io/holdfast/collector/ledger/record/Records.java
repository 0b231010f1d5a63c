package io.holdfast.collector.ledger.record;

import io.holdfast.collector.ledger.Ledgers;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.AgentStarted;
import io.holdfast.core.agent.HostEvent.HealingVerified;
import io.holdfast.core.agent.HostEvent.ServiceExited;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Level;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of every kind, about few enough things that they meet. */
final class Records {
  private Records() {}

  static Arbitrary<LedgerRecord> any() {
    return Arbitraries.oneOf(
        texts().map(Ledgers::planApplied),
        recorded(),
        recorded(),
        recorded(),
        opened(),
        TrustChanges.any().map(TrustChanged::new),
        Combinators.combine(ids(), Arbitraries.of(Level.class), walls(), texts())
            .as(IncidentLevelChanged::new),
        Combinators.combine(ids(), walls(), spans(), Arbitraries.of(true, false))
            .as(IncidentEnded::new));
  }

  private static Arbitrary<EventRecorded> recorded() {
    Arbitrary<SpooledEvent> events =
        Combinators.combine(Arbitraries.longs().between(1, 60), spans(), walls(), hostEvents())
            .as(
                (sequence, boot, wall, event) ->
                    new SpooledEvent(sequence, 0, new Moment(boot, wall), "boot-1", event));
    return Combinators.combine(
            Arbitraries.of("trade-a", "trade-b"), Arbitraries.of("s1", "s2"), events, walls())
        .as(EventRecorded::new);
  }

  private static Arbitrary<HostEvent> hostEvents() {
    return Arbitraries.oneOf(
        texts().list().ofMaxSize(2).map(names -> new AgentStarted("0.1.0", names)),
        Combinators.combine(services(), spans())
            .as((name, pid) -> new ServiceExited(name, pid, -1, 9)),
        Combinators.combine(services(), Arbitraries.of(Verdict.class), reasons(), walls(), maybe())
            .as(
                (name, to, why, good, ago) ->
                    new VerdictChanged(name, Verdict.UNKNOWN, to, why, good, ago, good)),
        Combinators.combine(services(), maybe(), spans())
            .as(
                (name, outage, action) ->
                    new HealingVerified(name, Trigger.SERVICE_DOWN, 1, outage, action)));
  }

  private static Arbitrary<IncidentOpened> opened() {
    return Combinators.combine(
            ids(), services(), Arbitraries.of(Level.class), walls(), walls(), reasons(), texts())
        .as(
            (id, service, level, good, at, reasons, why) ->
                new IncidentOpened(id, "trade-a", service, level, good, at, reasons, why));
  }

  private static Arbitrary<List<Reason>> reasons() {
    return Combinators.combine(Arbitraries.of(ReasonCode.class), texts(), texts())
        .as(Reason::new)
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<String> ids() {
    return Arbitraries.of("incident-1", "incident-2", "incident-3");
  }

  private static Arbitrary<String> services() {
    return Arbitraries.of("trading_engine", "api_server");
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().alpha().numeric().withChars("交易引擎 :/-_").ofMaxLength(8);
  }

  private static Arbitrary<Long> walls() {
    return Arbitraries.longs().between(0, 1L << 50);
  }

  private static Arbitrary<Long> spans() {
    return Arbitraries.longs().between(0, 1L << 40);
  }

  private static Arbitrary<OptionalLong> maybe() {
    return spans().optional().map(span -> span.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
