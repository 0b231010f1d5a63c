package io.holdfast.planfile;

import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the schema cannot say about the checks and the services. */
final class ServiceRules {

  /** Keys of a service that are probes; the process check comes with {@code unit} as well. */
  static final List<String> PROBES =
      List.of("process", "http", "tcp", "postgres", "file_age", "write");

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final String SITE = "site/";

  private final YamlNode.Mapping root;
  private final PlanNames names;
  private final Problems problems;

  ServiceRules(YamlNode.Mapping root, Problems problems) {
    this.root = root;
    this.names = new PlanNames(root);
    this.problems = problems;
  }

  void check() {
    root.mapping("checks").ifPresent(checks -> atLeastOneSecond(checks, "interval", "checks"));
    root.mapping("services")
        .ifPresent(
            services ->
                services
                    .entries()
                    .forEach(
                        (name, entry) -> {
                          if (entry.value() instanceof YamlNode.Mapping service) {
                            service(DocumentPath.key("services", name), entry.key(), service);
                          }
                        }));
  }

  private void service(String path, Position at, YamlNode.Mapping service) {
    atLeastOneSecond(service, "interval", path);
    hasAProbe(service, path, at);
    intervalCounts(service, path);
    service.get("runs_on").ifPresent(node -> runsOn(service, path + ".runs_on", node));
    service.mapping("http").flatMap(http -> http.scalar("url")).ifPresent(url -> url(path, url));
    service
        .mapping("file_age")
        .ifPresent(file -> atLeastOneSecond(file, "max", path + ".file_age"));
    service
        .mapping("write")
        .ifPresent(write -> new WriteRules(problems).check(root, service, write, path));
  }

  private void hasAProbe(YamlNode.Mapping service, String path, Position at) {
    Set<String> keys = service.entries().keySet();
    boolean onlyKnownKeys = ServiceKeys.ALL.containsAll(keys);
    if (onlyKnownKeys && !keys.contains("unit") && PROBES.stream().noneMatch(keys::contains)) {
      problems.add(
          at,
          path,
          "nothing of this service is checked; a unit or one of "
              + String.join(", ", PROBES)
              + " is expected");
    }
  }

  /** An interval where neither check of the service takes it would be ignored. */
  private void intervalCounts(YamlNode.Mapping service, String path) {
    Set<String> keys = service.entries().keySet();
    boolean onlyProcess =
        ServiceKeys.ALL.containsAll(keys)
            && PROBES.stream()
                .skip(1)
                .filter(ServiceRules::hasTheInterval)
                .noneMatch(keys::contains)
            && (keys.contains("unit") || keys.contains("process") || keys.contains("write"));
    YamlNode.Entry interval = service.entries().get("interval");
    if (onlyProcess && interval != null) {
      problems.add(
          interval.key(),
          path + ".interval",
          "this has no effect: the process check runs every second, and the write check has an"
              + " interval of its own");
    }
  }

  /** The write check has an interval of its own. */
  private static boolean hasTheInterval(String probe) {
    return !probe.equals("write");
  }

  private void atLeastOneSecond(YamlNode.Mapping mapping, String key, String path) {
    mapping
        .get(key)
        .filter(
            node ->
                Quantities.DURATION
                    .of(node)
                    .filter(found -> found.compareTo(SHORTEST_INTERVAL) < 0)
                    .isPresent())
        .ifPresent(
            node ->
                problems.add(
                    node.at(),
                    DocumentPath.key(path, key),
                    "found " + node.described() + "; a duration of 1s or more is expected"));
  }

  private void runsOn(YamlNode.Mapping service, String path, YamlNode node) {
    List<YamlNode.Scalar> places = PlanNames.scalars(node);
    boolean isList = node instanceof YamlNode.Sequence;
    Set<String> hosts = new LinkedHashSet<>();
    for (YamlNode.Scalar place : places) {
      int index = isList ? ((YamlNode.Sequence) node).items().indexOf(place) : 0;
      String placePath = isList ? DocumentPath.item(path, index) : path;
      for (String host : resolved(place, placePath)) {
        if (!hosts.add(host)) {
          problems.add(place.at(), placePath, "the host " + host + " is named twice");
        }
      }
    }
    boolean isExclusive =
        service.get("exclusive").flatMap(Forms.TRUTH::of).equals(Optional.of(true));
    if (isExclusive && hosts.size() > 1) {
      problems.add(
          node.at(),
          path,
          "found "
              + hosts.size()
              + " hosts ("
              + String.join(", ", hosts)
              + "); an exclusive service runs on exactly one");
    }
  }

  private List<String> resolved(YamlNode.Scalar place, String path) {
    if (place.kind() != YamlNode.Kind.TEXT) {
      return List.of();
    }
    return place.text().startsWith(SITE) ? ofSite(place, path) : ofHost(place, path);
  }

  private List<String> ofHost(YamlNode.Scalar host, String path) {
    Optional<Set<String>> known = names.of("hosts");
    if (known.isEmpty()) {
      return List.of();
    }
    Set<String> sites = names.of("sites").orElse(Set.of());
    if (sites.contains(host.text()) && !known.get().contains(host.text())) {
      problems.add(
          host.at(),
          path,
          "found " + host.described() + ", which is a site; a host or site/NAME is expected",
          Optional.of(SITE + host.text()));
      return List.of();
    }
    boolean isKnown = PlanNames.require(host, path, "host", known.get(), problems);
    return isKnown ? List.of(host.text()) : List.of();
  }

  private List<String> ofSite(YamlNode.Scalar place, String path) {
    Optional<Set<String>> known = names.of("sites");
    if (known.isEmpty()) {
      return List.of();
    }
    Set<String> places = new TreeSet<>();
    known.get().forEach(site -> places.add(SITE + site));
    if (!PlanNames.require(place, path, "site", places, problems)) {
      return List.of();
    }
    String site = place.text().substring(SITE.length());
    boolean isRepository =
        names.mappings("sites").containsKey(site)
            && names.mappings("sites").get(site).entries().containsKey("repository");
    if (isRepository && names.hostsOf(site).isEmpty()) {
      problems.add(
          place.at(), path, "the site " + site + " is a backup repository; nothing runs there");
    }
    return new ArrayList<>(new LinkedHashSet<>(names.hostsOf(site)));
  }

  private void url(String path, YamlNode.Scalar url) {
    String urlPath = path + ".http.url";
    if (!url.text().startsWith("http://") && !url.text().startsWith("https://")) {
      return;
    }
    try {
      URI parsed = new URI(url.text());
      if (parsed.getUserInfo() != null) {
        problems.add(url.at(), urlPath, "a user or password is not allowed in the plan");
      } else if (parsed.getHost() == null) {
        problems.add(url.at(), urlPath, "found " + url.described() + "; it names no host");
      }
    } catch (URISyntaxException e) {
      problems.add(
          url.at(), urlPath, "found " + url.described() + "; no valid address: " + e.getReason());
    }
  }
}
