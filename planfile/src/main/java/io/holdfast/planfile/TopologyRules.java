package io.holdfast.planfile;

import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Nearest;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.YamlNode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the schema cannot say about the system and its sites. */
final class TopologyRules {

  private final YamlNode.Mapping root;
  private final PlanNames names;
  private final Problems problems;
  private final Map<String, String> siteOfHost = new HashMap<>();

  TopologyRules(YamlNode.Mapping root, Problems problems) {
    this.root = root;
    this.names = new PlanNames(root);
    this.problems = problems;
  }

  void check() {
    root.mapping("system").flatMap(system -> system.scalar("timezone")).ifPresent(this::timezone);
    root.mapping("sites")
        .ifPresent(sites -> sites.entries().forEach((name, entry) -> site(name, entry)));
  }

  private void timezone(YamlNode.Scalar zone) {
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (zone.kind() == YamlNode.Kind.TEXT
        && !zone.text().isEmpty()
        && !known.contains(zone.text())) {
      String message =
          "found " + zone.described() + "; a time zone such as Asia/Taipei is expected";
      problems.add(zone.at(), "system.timezone", message, Nearest.to(zone.text(), known));
    }
  }

  private void site(String name, YamlNode.Entry entry) {
    String path = DocumentPath.key("sites", name);
    if (!(entry.value() instanceof YamlNode.Mapping site)) {
      return;
    }
    boolean isRepository = site.entries().containsKey("repository");
    boolean hasHosts = site.entries().containsKey("hosts");
    if (isRepository && hasHosts) {
      problems.add(entry.key(), path, "a site has hosts or a repository, not both");
    } else if (site.entries().isEmpty()) {
      problems.add(entry.key(), path, "found nothing; hosts or a repository is expected");
    }
    if (site.get("hosts").orElse(null) instanceof YamlNode.Sequence list) {
      hosts(name, DocumentPath.key(path, "hosts"), list.items());
    }
  }

  private void hosts(String site, String path, List<YamlNode> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof YamlNode.Scalar host && host.kind() == YamlNode.Kind.TEXT) {
        String itemPath = DocumentPath.item(path, i);
        names
            .of("hosts")
            .ifPresent(known -> PlanNames.require(host, itemPath, "host", known, problems));
        onlyHere(site, itemPath, host);
      }
    }
  }

  private void onlyHere(String site, String path, YamlNode.Scalar host) {
    String other = siteOfHost.putIfAbsent(host.text(), site);
    if (other != null) {
      String message =
          other.equals(site)
              ? "the host " + host.text() + " stands twice in this site"
              : "the host " + host.text() + " is in the site " + other + " already; one is allowed";
      problems.add(host.at(), path, message);
    }
  }
}
