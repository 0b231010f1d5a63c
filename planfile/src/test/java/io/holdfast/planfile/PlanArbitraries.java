package io.holdfast.planfile;

import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Objective;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.Site;
import io.holdfast.core.plan.SystemInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary plans of everything that {@code plan.yaml} can say. */
final class PlanArbitraries {

  private static final int MAX_THRESHOLD = 100;

  private PlanArbitraries() {}

  static Arbitrary<Plan> plans() {
    Arbitrary<List<String>> hosts = hostNames().list().ofMinSize(1).ofMaxSize(5).uniqueElements();
    return hosts.flatMap(
        names ->
            timings()
                .flatMap(
                    checks ->
                        ServiceArbitraries.services(names, checks)
                            .flatMap(services -> plan(names, checks, services))));
  }

  private static Arbitrary<Plan> plan(
      List<String> hosts, CheckTiming checks, List<Service> services) {
    return Combinators.combine(
            systems(),
            objectives(),
            addresses(hosts),
            sites(hosts),
            HealingArbitraries.of(services))
        .as(
            (system, objectives, addresses, sites, healing) ->
                new Plan(
                    "", system, objectives, addresses, sites, checks, byName(services), healing));
  }

  private static Map<String, Service> byName(List<Service> services) {
    Map<String, Service> map = new LinkedHashMap<>();
    services.forEach(service -> map.put(service.name(), service));
    return map;
  }

  private static Arbitrary<SystemInfo> systems() {
    return Combinators.combine(
            hostNames(),
            Arbitraries.of("en", "zh-TW"),
            Arbitraries.of("UTC", "Asia/Taipei", "America/New_York"))
        .as(SystemInfo::new);
  }

  private static Arbitrary<Map<Level, Objective>> objectives() {
    Arbitrary<Objective> objective =
        Combinators.combine(durations(), durations()).as(Objective::new);
    return Arbitraries.maps(Arbitraries.of(Level.class), objective).ofMinSize(1).map(TreeMap::new);
  }

  private static Arbitrary<Map<String, Host>> addresses(List<String> hosts) {
    Arbitrary<String> address = Arbitraries.of("10.0.0.1", "fd00::1", "db.example.com", "1e5");
    return address
        .list()
        .ofSize(hosts.size())
        .map(
            addresses -> {
              Map<String, Host> all = new LinkedHashMap<>();
              for (int i = 0; i < hosts.size(); i++) {
                all.put(hosts.get(i), new Host(hosts.get(i), addresses.get(i)));
              }
              return all;
            });
  }

  /** A repository and a split of the hosts into two sites, each of which may be left out. */
  private static Arbitrary<Map<String, Site>> sites(List<String> hosts) {
    return Combinators.combine(
            Arbitraries.integers().between(0, hosts.size()),
            hostNames(),
            Arbitraries.of(true, false))
        .as(
            (cut, repository, withRepository) -> {
              List<Site> sites = new ArrayList<>();
              if (cut > 0) {
                sites.add(new Site("primary", hosts.subList(0, cut), Optional.empty()));
              }
              if (cut < hosts.size()) {
                sites.add(new Site("2nd", hosts.subList(cut, hosts.size()), Optional.empty()));
              }
              if (withRepository) {
                sites.add(new Site("cloud", List.of(), Optional.of(repository)));
              }
              Map<String, Site> all = new LinkedHashMap<>();
              sites.forEach(site -> all.put(site.name(), site));
              return all;
            });
  }

  static Arbitrary<CheckTiming> timings() {
    Arbitrary<Integer> threshold = Arbitraries.integers().between(1, MAX_THRESHOLD);
    return Combinators.combine(
            durations().filter(d -> d.toMillis() >= 1000), durations(), threshold, threshold)
        .as(CheckTiming::new);
  }

  /** Whole numbers of one unit, as the file can say them. */
  static Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 999_999_999).map(Duration::ofMillis),
        Arbitraries.longs().between(1, 999_999_999).map(Duration::ofSeconds),
        Arbitraries.longs().between(1, 999_999).map(Duration::ofMinutes),
        Arbitraries.longs().between(1, 99_999).map(Duration::ofHours),
        Arbitraries.longs().between(1, 99_999).map(Duration::ofDays));
  }

  static Arbitrary<String> hostNames() {
    return Arbitraries.strings()
        .withCharRange('a', 'f')
        .withCharRange('0', '3')
        .withChars("-e")
        .ofMinLength(1)
        .ofMaxLength(10)
        .map(name -> name.replaceAll("^-+|-+$", "x"));
  }

  static Arbitrary<String> serviceNames() {
    return Arbitraries.oneOf(
        Arbitraries.of("true", "null", "yes", "n", "e1"),
        Arbitraries.strings()
            .withCharRange('a', 'f')
            .withChars("_-1")
            .ofMinLength(1)
            .ofMaxLength(10)
            .map(name -> "s" + name));
  }

  static HealingRule defaultsOf(HealingRule.Trigger trigger) {
    return HealingRule.withDefaults(trigger, HealingRule.Action.RESTART_SERVICE);
  }
}
