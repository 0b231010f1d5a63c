package io.holdfast.planfile;

import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Objective;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Site;
import io.holdfast.core.plan.SystemInfo;
import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.Section;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the plan of a tree that schema and rules have found to be good. */
final class PlanBuilder {

  /** What {@code checks} says where the plan does not. */
  static final CheckTiming DEFAULT_CHECKS =
      new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(10), 3, 2);

  private static final Form<Integer> COUNT = Forms.wholeNumber(1, 100);

  private final Section root;

  PlanBuilder(Section root) {
    this.root = root;
  }

  Plan build(String hash) {
    CheckTiming checks =
        root.section("checks")
            .map(section -> timing(section, DEFAULT_CHECKS))
            .orElse(DEFAULT_CHECKS);
    Map<String, Site> sites = each("sites", PlanBuilder::site);
    ServiceBuilder services = new ServiceBuilder(checks, sites);
    return new Plan(
        hash,
        root.section("system").map(PlanBuilder::system).orElseThrow(),
        objectives(),
        each("hosts", (name, host) -> new Host(name, text(host, "address"))),
        sites,
        checks,
        each("services", services::build),
        root.sections("healing").stream().map(HealingRuleBuilder::build).toList());
  }

  /** The timing that {@code section} states, and {@code fallback} where it does not. */
  static CheckTiming timing(Section section, CheckTiming fallback) {
    return new CheckTiming(
        section.optional("interval", Quantities.DURATION).orElse(fallback.interval()),
        section.optional("timeout", Quantities.DURATION).orElse(fallback.timeout()),
        section.optional("failure_threshold", COUNT).orElse(fallback.failureThreshold()),
        section.optional("recovery_threshold", COUNT).orElse(fallback.recoveryThreshold()));
  }

  static String text(Section section, String key) {
    return section.required(key, Forms.TEXT).orElseThrow();
  }

  private static SystemInfo system(Section section) {
    return new SystemInfo(
        text(section, "name"),
        section.optional("locale", Forms.TEXT).orElse("en"),
        section.optional("timezone", Forms.TEXT).orElse("UTC"));
  }

  private Map<Level, Objective> objectives() {
    Map<Level, Objective> objectives = new EnumMap<>(Level.class);
    each(
            "objectives",
            (name, section) ->
                new Objective(
                    section.required("rto", Quantities.DURATION).orElseThrow(),
                    section.required("rpo", Quantities.DURATION).orElseThrow()))
        .forEach((name, objective) -> objectives.put(Level.valueOf(name), objective));
    return objectives;
  }

  private static Site site(String name, Section section) {
    return new Site(
        name,
        section.list("hosts", Forms.TEXT).orElse(List.of()),
        section.optional("repository", Forms.TEXT));
  }

  private interface Build<T> {
    T of(String name, Section section);
  }

  private <T> Map<String, T> each(String key, Build<T> build) {
    return root.section(key)
        .map(section -> section.<T>eachSection((name, child) -> Optional.of(build.of(name, child))))
        .orElse(Map.of());
  }
}
