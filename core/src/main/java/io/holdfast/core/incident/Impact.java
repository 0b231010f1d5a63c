package io.holdfast.core.incident;

import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How bad the outage of one service is (design, section 6).
 *
 * @param why a sentence for the operator
 */
public record Impact(Level level, String why) {

  /** Below this share of the known system, the system counts as unusable. */
  static final double UNUSABLE_BELOW = 0.5;

  private static final String TRADING = "trading";
  private static final Set<String> P3_MODULES = new TreeSet<>(Set.of("monitoring", "reporting"));

  /** The impact of {@code key} being down while the rest is as {@code state} says. */
  public static Impact of(Plan plan, ClusterState state, ServiceKey key) {
    Service service = service(plan, key);
    if (knownHealth(plan, state) < UNUSABLE_BELOW) {
      return new Impact(Level.P1, "less than half of the system is healthy");
    }
    if (service.critical() && allCriticalDown(plan, state, key.host())) {
      return new Impact(Level.P1, "all critical services of the site are down");
    }
    if (service.critical() && service.module().equals(TRADING)) {
      return new Impact(Level.P2, "a critical service of the trading module is down");
    }
    if (service.critical() || P3_MODULES.contains(service.module())) {
      return new Impact(Level.P3, "part of the functions is down, trading goes on");
    }
    return new Impact(Level.P4, "a service that is not critical is down");
  }

  /**
   * Healthy weight / total weight over the services that are known to be good or bad: one that has
   * not reported yet makes no incident worse.
   */
  private static double knownHealth(Plan plan, ClusterState state) {
    double total = 0;
    double healthy = 0;
    for (ServiceKey key : keys(plan)) {
      Verdict verdict = presumed(state.service(key));
      int weight = service(plan, key).weight();
      total += verdict == Verdict.UNKNOWN ? 0 : weight;
      healthy += verdict == Verdict.HEALTHY ? weight : 0;
    }
    return total == 0 ? 1 : healthy / total;
  }

  /** What was dropped makes no incident worse: until the agent tells, all is as it last was. */
  private static Verdict presumed(ServiceState service) {
    if (!service.isLost()) {
      return service.verdict();
    }
    return service.outage().isPresent() ? Verdict.UNHEALTHY : Verdict.HEALTHY;
  }

  private static boolean allCriticalDown(Plan plan, ClusterState state, String host) {
    List<ServiceKey> critical =
        keys(plan).stream()
            .filter(key -> service(plan, key).critical())
            .filter(key -> plan.siteOf(key.host()).equals(plan.siteOf(host)))
            .toList();
    return critical.size() > 1
        && critical.stream().allMatch(key -> state.service(key).verdict() == Verdict.UNHEALTHY);
  }

  private static Service service(Plan plan, ServiceKey key) {
    return Objects.requireNonNull(plan.services().get(key.service()), key.service());
  }

  private static List<ServiceKey> keys(Plan plan) {
    return plan.services().values().stream()
        .flatMap(
            service -> service.runsOn().stream().map(host -> new ServiceKey(host, service.name())))
        .toList();
  }
}
