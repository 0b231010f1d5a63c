package io.holdfast.planfile;

import io.holdfast.planfile.problem.Nearest;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a plan's sections define, read from a tree that may be full of mistakes.
 *
 * <p>A section that is absent or not a mapping defines nothing that could be compared with: its own
 * problem is reported elsewhere, and references into it are not.
 */
final class PlanNames {

  private final YamlNode.Mapping root;

  PlanNames(YamlNode.Mapping root) {
    this.root = root;
  }

  /** The names of the section; empty when references into it cannot be judged. */
  Optional<Set<String>> of(String section) {
    Optional<YamlNode> node = root.get(section);
    if (node.isPresent()) {
      return root.mapping(section).map(found -> found.entries().keySet());
    }
    boolean misspelt =
        root.entries().keySet().stream()
            .anyMatch(key -> Nearest.to(key, Set.of(section)).isPresent());
    return misspelt || !section.equals("sites") ? Optional.empty() : Optional.of(Set.of());
  }

  /** The modules of all services. */
  Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    mappings("services")
        .values()
        .forEach(
            service -> service.scalar("module").flatMap(Forms.TEXT::of).ifPresent(modules::add));
    return modules;
  }

  /** The names of the hosts of {@code site}; empty when it is a repository. */
  List<String> hostsOf(String site) {
    return root
        .mapping("sites")
        .flatMap(sites -> sites.mapping(site))
        .flatMap(found -> found.get("hosts"))
        .map(PlanNames::scalars)
        .orElse(List.of())
        .stream()
        .map(YamlNode.Scalar::text)
        .toList();
  }

  /** The entries of the section that are mappings, by name. */
  Map<String, YamlNode.Mapping> mappings(String section) {
    Map<String, YamlNode.Mapping> all = new LinkedHashMap<>();
    root.mapping(section)
        .ifPresent(
            found ->
                found
                    .entries()
                    .keySet()
                    .forEach(name -> found.mapping(name).ifPresent(entry -> all.put(name, entry))));
    return all;
  }

  /** The scalars among the items of a list, or the scalar itself. */
  static List<YamlNode.Scalar> scalars(YamlNode node) {
    List<YamlNode.Scalar> scalars = new ArrayList<>();
    switch (node) {
      case YamlNode.Scalar scalar -> scalars.add(scalar);
      case YamlNode.Sequence list -> list.items().forEach(item -> scalars.addAll(scalarsOf(item)));
      case YamlNode.Mapping mapping -> {}
    }
    return scalars;
  }

  private static List<YamlNode.Scalar> scalarsOf(YamlNode item) {
    return item instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.TEXT
        ? List.of(scalar)
        : List.of();
  }

  /** Adds a problem unless {@code name} is one of {@code known}. */
  static boolean require(
      YamlNode.Scalar name, String path, String kind, Set<String> known, Problems problems) {
    if (known.contains(name.text())) {
      return true;
    }
    String message =
        "found " + name.described() + "; the plan has no " + kind + " of that name" + list(known);
    problems.add(name.at(), path, message, Nearest.to(name.text(), known));
    return false;
  }

  private static String list(Set<String> known) {
    int shown = 8;
    if (known.isEmpty()) {
      return "";
    }
    String names = String.join(", ", known.stream().limit(shown).toList());
    return " (it has " + names + (known.size() > shown ? ", …" : "") + ")";
  }
}
