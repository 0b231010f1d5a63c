package io.holdfast.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validated content of {@code plan.yaml}.
 *
 * @param hash {@code sha256:} and the digest of the file's bytes: the plan's version
 * @param objectives by level; a level without an objective is absent
 * @param hosts by name, in the file's order
 * @param sites by name, in the file's order
 * @param checks timing of a check that does not say otherwise
 * @param services by name, in the file's order
 */
public record Plan(
    String hash,
    SystemInfo system,
    Map<Level, Objective> objectives,
    Map<String, Host> hosts,
    Map<String, Site> sites,
    CheckTiming checks,
    Map<String, Service> services,
    List<HealingRule> healing) {

  /** Copies the collections and keeps their order. */
  public Plan {
    objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    healing = List.copyOf(healing);
  }

  /** The site that {@code host} belongs to. */
  public Optional<Site> siteOf(String host) {
    return sites.values().stream().filter(site -> site.hosts().contains(host)).findFirst();
  }

  /** What {@code host} carries out; empty when the plan has no such host. */
  public Optional<HostPlan> compileFor(String host) {
    if (!hosts.containsKey(host)) {
      return Optional.empty();
    }
    List<Service> own =
        services.values().stream().filter(service -> service.runsOn().contains(host)).toList();
    List<HealingRule> rules =
        healing.stream()
            .filter(rule -> rule.service().isEmpty() || isOn(host, rule.service().get()))
            .toList();
    return Optional.of(new HostPlan(hash, host, system.name(), own, rules));
  }

  private boolean isOn(String host, String service) {
    Service found = services.get(service);
    return found != null && found.runsOn().contains(host);
  }
}
