package io.holdfast.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of what ships: a CycloneDX document, made by {@code mvn -Psbom}. */
record Sbom(List<Component> components, Map<String, List<String>> usedBy) {
  /** Where {@code mvn -Psbom} puts it. */
  static final Path FILE = Repository.ROOT.resolve("target/bom.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A library or a module.
   *
   * @param id how the document refers to it
   * @param name {@code group:artifact}
   * @param licences names or expressions, each of which is offered; empty where its pom says none
   * @param sha256 of its jar; empty for what the build had not made yet
   */
  record Component(String id, String name, String version, List<String> licences, String sha256) {
    private static final Pattern CLASSIFIER = Pattern.compile("classifier=([^&]+)");

    boolean ours() {
      return name.startsWith("io.holdfast:");
    }

    /** The name of its jar among the libraries of a program. */
    String fileName() {
      Matcher classifier = CLASSIFIER.matcher(id);
      String artifact = name.substring(name.indexOf(':') + 1);
      return artifact
          + "-"
          + version
          + (classifier.find() ? "-" + classifier.group(1) : "")
          + ".jar";
    }
  }

  static Sbom read() throws IOException {
    return of(JSON.readTree(FILE.toFile()));
  }

  static Sbom of(String text) throws IOException {
    return of(JSON.readTree(text));
  }

  private static Sbom of(JsonNode document) {
    List<Component> components = new ArrayList<>();
    document.path("components").forEach(node -> components.add(component(node)));
    Map<String, List<String>> usedBy = new HashMap<>();
    for (JsonNode user : document.path("dependencies")) {
      for (JsonNode used : user.path("dependsOn")) {
        usedBy
            .computeIfAbsent(used.asText(), id -> new ArrayList<>())
            .add(user.path("ref").asText());
      }
    }
    return new Sbom(components, usedBy);
  }

  private static Component component(JsonNode node) {
    List<String> licences = new ArrayList<>();
    for (JsonNode offered : node.path("licenses")) {
      JsonNode licence = offered.path("license");
      String said = licence.path("id").asText(licence.path("name").asText());
      licences.add(offered.path("expression").asText(said));
    }
    String sha256 = "";
    for (JsonNode hash : node.path("hashes")) {
      sha256 = hash.path("alg").asText().equals("SHA-256") ? hash.path("content").asText() : sha256;
    }
    return new Component(
        node.path("bom-ref").asText(),
        node.path("group").asText() + ":" + node.path("name").asText(),
        node.path("version").asText(),
        List.copyOf(licences),
        sha256);
  }

  /** The shortest way by which a module of ours brings it in, the module first. */
  List<String> wayTo(Component component) {
    Map<String, Component> known = new HashMap<>();
    components.forEach(each -> known.put(each.id(), each));
    Deque<List<Component>> ways = new ArrayDeque<>(List.of(List.of(component)));
    Set<String> seen = new HashSet<>();
    while (!ways.isEmpty()) {
      List<Component> way = ways.poll();
      if (way.getFirst().ours()) {
        return way.stream().map(Component::name).toList();
      }
      for (String user : usedBy.getOrDefault(way.getFirst().id(), List.of())) {
        if (known.containsKey(user) && seen.add(user)) {
          List<Component> longer = new ArrayList<>(List.of(known.get(user)));
          longer.addAll(way);
          ways.add(longer);
        }
      }
    }
    return List.of(component.name());
  }
}
