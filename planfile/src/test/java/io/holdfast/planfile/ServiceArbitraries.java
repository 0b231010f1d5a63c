package io.holdfast.planfile;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary services on given hosts. */
final class ServiceArbitraries {

  private ServiceArbitraries() {}

  static Arbitrary<List<Service>> services(List<String> hosts, CheckTiming checks) {
    return PlanArbitraries.serviceNames()
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements()
        .flatMap(
            names ->
                Combinators.combine(
                        names.stream().map(name -> service(name, hosts, checks)).toList())
                    .as(services -> services));
  }

  private static Arbitrary<Service> service(String name, List<String> hosts, CheckTiming checks) {
    Arbitrary<CheckTiming> timing =
        Arbitraries.oneOf(Arbitraries.just(checks), PlanArbitraries.timings());
    Arbitrary<Set<String>> runsOn = Arbitraries.of(hosts).set().ofMinSize(1);
    Arbitrary<String> unit =
        Arbitraries.of("", "api.service", "postgresql@15-main.service", "1\\x.service");
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            PlanArbitraries.serviceNames(),
            unit,
            runsOn,
            timing,
            probes(),
            Arbitraries.of(true, false))
        .as(
            (critical, exclusive, module, unitName, places, own, probes, processAsked) ->
                new Service(
                    name,
                    critical,
                    exclusive && places.size() == 1,
                    module,
                    unitName,
                    List.copyOf(places),
                    checks(own, probes, processAsked || !unitName.isEmpty())));
  }

  /** Only where the service's timeout leaves room for it. */
  private static void addWrite(CheckTiming timing, List<Check> checks) {
    Duration left = timing.timeout().minusSeconds(3);
    if (isASecond(left)) {
      CheckTiming own = WriteRules.timing(timing, Duration.ofSeconds(30 + left.toSeconds() % 90));
      checks.add(new Check("write", own, new Probe.Write("disk", Duration.ofSeconds(1))));
    }
  }

  private static List<Check> checks(
      CheckTiming timing, Map<String, Probe> probes, boolean withProcess) {
    List<Check> checks = new ArrayList<>();
    if (withProcess || probes.isEmpty()) {
      checks.add(
          new Check("process", ServiceBuilder.processTiming(timing), new Probe.ProcessAlive()));
    }
    probes.forEach((name, probe) -> checks.add(new Check(name, timing, probe)));
    addWrite(timing, checks);
    return checks;
  }

  private static Arbitrary<Map<String, Probe>> probes() {
    Arbitrary<Probe> http =
        Arbitraries.of("http://127.0.0.1:8000/health", "https://h/a?b=c%20d#e", "http://[::1]/")
            .map(Probe.Http::new);
    Arbitrary<Probe> tcp =
        Combinators.combine(
                Arbitraries.of("127.0.0.1", "::1", "db"), Arbitraries.integers().between(1, 65_535))
            .as(Probe.Tcp::new);
    Arbitrary<Probe> postgres = PlanArbitraries.serviceNames().map(Probe.Postgres::new);
    Arbitrary<Probe> file =
        Combinators.combine(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8).filter(PlanPaths::isAllowed),
                PlanArbitraries.durations().filter(ServiceArbitraries::isASecond))
            .as((name, max) -> new Probe.FileAge("/" + name, max));
    return Combinators.combine(
            http.optional(), tcp.optional(), postgres.optional(), file.optional())
        .as(ServiceArbitraries::named);
  }

  private static boolean isASecond(Duration duration) {
    return duration.toMillis() >= 1000;
  }

  private static Map<String, Probe> named(
      Optional<Probe> http, Optional<Probe> tcp, Optional<Probe> postgres, Optional<Probe> file) {
    Map<String, Probe> probes = new LinkedHashMap<>();
    http.ifPresent(probe -> probes.put("http", probe));
    tcp.ifPresent(probe -> probes.put("tcp", probe));
    postgres.ifPresent(probe -> probes.put("postgres", probe));
    file.ifPresent(probe -> probes.put("file_age", probe));
    return probes;
  }

  /** Names of files that the plan can hold: any text but line ends and lone surrogates. */
  private static final class PlanPaths {

    static boolean isAllowed(String name) {
      return name.codePoints()
          .noneMatch(
              c ->
                  Character.getType(c) == Character.SURROGATE
                      || Character.getType(c) == Character.CONTROL
                      || c == '\u2028'
                      || c == '\u2029');
    }
  }
}
