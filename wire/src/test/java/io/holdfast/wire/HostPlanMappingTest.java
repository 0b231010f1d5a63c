package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HostPlanMappingTest {

  @Property(tries = 300)
  void everyPlanComesBackAsItWas(@ForAll("plans") HostPlan plan) throws Exception {
    byte[] bytes = HostPlanMapping.toProto(plan).toByteArray();
    assertThat(HostPlanMapping.fromProto(io.holdfast.proto.agent.v1.HostPlan.parseFrom(bytes)))
        .isEqualTo(plan);
  }

  @Test
  void refusesAProbeThatItDoesNotKnowAndSaysWhere() {
    io.holdfast.proto.agent.v1.Check check =
        io.holdfast.proto.agent.v1.Check.newBuilder()
            .setName("telepathy")
            .setIntervalMillis(1)
            .setTimeoutMillis(1)
            .setFailureThreshold(1)
            .setRecoveryThreshold(1)
            .build();
    assertThatThrownBy(() -> HostPlanMapping.fromProto(planWith(check)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("service engine: check telepathy")
        .hasMessageContaining("probe");
  }

  @Test
  void refusesAnIntervalOfNothing() {
    assertThatThrownBy(
            () ->
                HostPlanMapping.fromProto(
                    planWith(io.holdfast.proto.agent.v1.Check.newBuilder().setName("tcp").build())))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("interval_millis is 0; allowed: 1 to");
  }

  @Test
  void refusesABackoffFactorThatIsNoNumber() {
    io.holdfast.proto.agent.v1.HealingRule rule =
        io.holdfast.proto.agent.v1.HealingRule.newBuilder()
            .setTrigger(io.holdfast.proto.agent.v1.HealingRule.Trigger.TRIGGER_SERVICE_DOWN)
            .setAction(io.holdfast.proto.agent.v1.HealingRule.Action.ACTION_RESTART_SERVICE)
            .setMaxAttempts(1)
            .setBackoffFactor(Double.NaN)
            .build();
    assertThatThrownBy(
            () ->
                HostPlanMapping.fromProto(
                    planWith(io.holdfast.proto.agent.v1.Check.getDefaultInstance()).toBuilder()
                        .clearServices()
                        .addHealing(rule)
                        .build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("backoff_factor is NaN");
  }

  @Test
  void refusesMoreServicesThanAnAgentGuards() {
    io.holdfast.proto.agent.v1.HostPlan.Builder plan =
        planWith(io.holdfast.proto.agent.v1.Check.getDefaultInstance()).toBuilder();
    for (int i = 0; i < 1_000; i++) {
      plan.addServices(io.holdfast.proto.agent.v1.Service.newBuilder().setName("s" + i));
    }
    assertRefused(plan, "the number of services is 1001; allowed: 0 to 1000");
  }

  @Test
  void refusesAServiceThatIsThereTwice() {
    io.holdfast.proto.agent.v1.Service engine =
        io.holdfast.proto.agent.v1.Service.newBuilder().setName("engine").build();
    assertRefused(empty().addServices(engine).addServices(engine), "\"engine\" is there twice");
  }

  @Test
  void refusesTextThatIsHugeOrBreaksALineWithoutRepeatingIt() {
    assertRefused(empty().setSystem("x".repeat(5_000)), "the length of system is 5000");
    assertRefused(
        empty()
            .addServices(
                io.holdfast.proto.agent.v1.Service.newBuilder().setName("a\nINFO all well")),
        "the name of a service has a control character");
  }

  @Test
  void refusesATimeOutBeyondAnyClock() {
    io.holdfast.proto.agent.v1.Check check =
        io.holdfast.proto.agent.v1.Check.newBuilder()
            .setName("tcp")
            .setIntervalMillis(1_000)
            .setTimeoutMillis(Long.MAX_VALUE)
            .build();
    assertRefused(planWith(check).toBuilder(), "timeout_millis is 9223372036854775807; allowed");
  }

  private static io.holdfast.proto.agent.v1.HostPlan.Builder empty() {
    return io.holdfast.proto.agent.v1.HostPlan.newBuilder()
        .setPlanHash("sha256:00")
        .setHost("trade-a");
  }

  private static void assertRefused(
      io.holdfast.proto.agent.v1.HostPlan.Builder plan, String because) {
    assertThatThrownBy(() -> HostPlanMapping.fromProto(plan.build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(because);
  }

  private static io.holdfast.proto.agent.v1.HostPlan planWith(
      io.holdfast.proto.agent.v1.Check check) {
    return io.holdfast.proto.agent.v1.HostPlan.newBuilder()
        .setPlanHash("sha256:00")
        .setHost("trade-a")
        .addServices(
            io.holdfast.proto.agent.v1.Service.newBuilder().setName("engine").addChecks(check))
        .build();
  }

  @Provide
  Arbitrary<HostPlan> plans() {
    return Combinators.combine(
            services().list().ofMaxSize(4).uniqueElements(Service::name),
            rules().list().ofMaxSize(3))
        .as((services, rules) -> new HostPlan("sha256:0a", "trade-a", "交易", services, rules));
  }

  private static Arbitrary<Service> services() {
    Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
    return Combinators.combine(
            names(),
            yesOrNo,
            yesOrNo,
            names(),
            checks().list().ofMaxSize(3).uniqueElements(Check::name))
        .as(
            (name, critical, exclusive, unit, checks) ->
                new Service(
                    name, critical, exclusive, "trading", unit, List.of("trade-a"), checks));
  }

  private static Arbitrary<Check> checks() {
    Arbitrary<CheckTiming> timing =
        Combinators.combine(millis(1), millis(1), counts(), counts()).as(CheckTiming::new);
    Arbitrary<Probe> probe =
        Arbitraries.oneOf(
            List.of(
                Arbitraries.just(new Probe.ProcessAlive()),
                Combinators.combine(names(), Arbitraries.integers().between(1, 65_535))
                    .as(Probe.Tcp::new),
                names().map(Probe.Http::new),
                names().map(Probe.Postgres::new),
                Combinators.combine(names(), millis(1)).as(Probe.FileAge::new),
                Combinators.combine(names(), millis(1)).as(Probe.Write::new)));
    return Combinators.combine(names(), timing, probe).as(Check::new);
  }

  private static Arbitrary<HealingRule> rules() {
    return Combinators.combine(
            Arbitraries.of(HealingRule.Trigger.class),
            Arbitraries.of(HealingRule.Action.class),
            names().optional(),
            counts(),
            Arbitraries.doubles().between(1, 10),
            millis(0),
            Arbitraries.doubles().between(0, 1),
            millis(0))
        .as(HostPlanMappingTest::rule);
  }

  private static HealingRule rule(
      HealingRule.Trigger trigger,
      HealingRule.Action action,
      Optional<String> service,
      int count,
      double factor,
      Duration span,
      double ratio,
      Duration other) {
    return new HealingRule(
        trigger, action, service, service, count, factor, span, other, ratio, count, span, other,
        span, ratio, other);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().alpha().withChars("引_/:.").ofMinLength(1).ofMaxLength(10);
  }

  private static Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(1, 1_000);
  }

  private static Arbitrary<Duration> millis(long least) {
    return Arbitraries.longs().between(least, 1_000_000_000).map(Duration::ofMillis);
  }
}
