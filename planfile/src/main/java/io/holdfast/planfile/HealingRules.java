package io.holdfast.planfile;

import io.holdfast.core.plan.HealingRule;
import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.YamlNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refuses healing rules that name what is not there, or that would not do what they seem to. */
final class HealingRules {

  private static final String SERVICE_DOWN = "service_down";
  private static final String HIGH_MEMORY = "high_memory_usage";
  private static final Set<String> ONLY_SERVICE_DOWN =
      Set.of(
          "max_attempts",
          "backoff_factor",
          "initial_backoff",
          "max_backoff",
          "jitter",
          "rearm_after");
  private static final Set<String> ONLY_HIGH_MEMORY =
      Set.of("threshold", "for", "cooldown", "module");

  private final YamlNode.Mapping root;
  private final PlanNames names;
  private final Problems problems;
  private final Map<String, String> first = new HashMap<>();

  HealingRules(YamlNode.Mapping root, Problems problems) {
    this.root = root;
    this.names = new PlanNames(root);
    this.problems = problems;
  }

  void check() {
    if (root.get("healing").orElse(null) instanceof YamlNode.Sequence rules) {
      List<YamlNode> items = rules.items();
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof YamlNode.Mapping rule) {
          rule(rule, DocumentPath.item("healing", i));
        }
      }
    }
  }

  private void rule(YamlNode.Mapping rule, String path) {
    references(rule, path);
    switch (text(rule, "trigger")) {
      case SERVICE_DOWN -> serviceDown(rule, path);
      case HIGH_MEMORY -> highMemory(rule, path);
      default -> {
        return;
      }
    }
    unlessStated(rule, path);
  }

  private void references(YamlNode.Mapping rule, String path) {
    Optional<Set<String>> services = names.of("services");
    if (services.isEmpty()) {
      return;
    }
    rule.scalar("service")
        .filter(name -> name.kind() == YamlNode.Kind.TEXT)
        .ifPresent(
            name ->
                PlanNames.require(name, path + ".service", "service", services.get(), problems));
    rule.scalar("module")
        .filter(name -> name.kind() == YamlNode.Kind.TEXT)
        .ifPresent(
            name -> PlanNames.require(name, path + ".module", "module", names.modules(), problems));
  }

  private void serviceDown(YamlNode.Mapping rule, String path) {
    noEffect(rule, path, ONLY_HIGH_MEMORY, SERVICE_DOWN, HIGH_MEMORY);
    if (text(rule, "action").equals("restart_application")) {
      refuse(
          rule,
          path,
          "action",
          "restart_application answers high_memory_usage; restart_service answers service_down");
    }
    Duration initial = duration(rule, "initial_backoff", defaults().initialBackoff());
    Duration max = duration(rule, "max_backoff", defaults().maxBackoff());
    if (initial.compareTo(max) > 0) {
      String key = rule.get("initial_backoff").isPresent() ? "initial_backoff" : "max_backoff";
      refuse(
          rule,
          path,
          key,
          "initial_backoff ("
              + Quantities.write(initial)
              + ") is longer than max_backoff ("
              + Quantities.write(max)
              + ")");
    }
  }

  private void highMemory(YamlNode.Mapping rule, String path) {
    noEffect(rule, path, ONLY_SERVICE_DOWN, HIGH_MEMORY, SERVICE_DOWN);
    boolean namesService = rule.get("service").isPresent();
    if (namesService && rule.get("module").isPresent()) {
      refuse(rule, path, "module", "a rule names a service or a module, not both");
    }
    if (text(rule, "action").equals("restart_service") && !namesService) {
      refuse(
          rule,
          path,
          "action",
          "restart_service needs the key service here; restart_application picks one by itself");
    }
    boolean always =
        rule.get("threshold").flatMap(Quantities.PERCENTAGE::of).equals(Optional.of(0.0));
    if (always) {
      refuse(rule, path, "threshold", "found \"0%\"; memory is always used that much");
    }
  }

  private void noEffect(
      YamlNode.Mapping rule, String path, Set<String> keys, String trigger, String other) {
    rule.entries()
        .forEach(
            (key, entry) -> {
              if (keys.contains(key)) {
                String message =
                    "this has no effect with trigger " + trigger + "; it belongs to " + other;
                problems.add(entry.key(), DocumentPath.key(path, key), message);
              }
            });
  }

  /** Of two rules for the same thing the second would never act. */
  private void unlessStated(YamlNode.Mapping rule, String path) {
    String subject =
        String.join(" ", text(rule, "trigger"), text(rule, "service"), "/", text(rule, "module"));
    String earlier = first.putIfAbsent(subject, path);
    if (earlier != null) {
      problems.add(rule.at(), path, earlier + " is for the same already; one rule is allowed");
    }
  }

  private void refuse(YamlNode.Mapping rule, String path, String key, String message) {
    problems.add(
        rule.get(key).map(YamlNode::at).orElse(rule.at()), DocumentPath.key(path, key), message);
  }

  private static String text(YamlNode.Mapping rule, String key) {
    return rule.get(key).flatMap(Forms.TEXT::of).orElse("");
  }

  private static Duration duration(YamlNode.Mapping rule, String key, Duration fallback) {
    return rule.get(key).flatMap(Quantities.DURATION::of).orElse(fallback);
  }

  private static HealingRule defaults() {
    return HealingRule.withDefaults(
        HealingRule.Trigger.SERVICE_DOWN, HealingRule.Action.RESTART_SERVICE);
  }
}
