package io.holdfast.planfile;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.Site;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.Section;
import io.holdfast.planfile.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes the services of a plan that was found to be good. */
final class ServiceBuilder {

  /** The process check costs nothing, so it always runs each second. */
  static final Duration PROCESS_INTERVAL = Duration.ofSeconds(1);

  static final String DEFAULT_TCP_HOST = "127.0.0.1";
  private static final String SITE = "site/";

  private final CheckTiming checks;
  private final Map<String, Site> sites;

  ServiceBuilder(CheckTiming checks, Map<String, Site> sites) {
    this.checks = checks;
    this.sites = sites;
  }

  Service build(String name, Section section) {
    String unit = section.optional("unit", Forms.TEXT).orElse("");
    CheckTiming timing = PlanBuilder.timing(section, checks);
    List<Check> all = new ArrayList<>();
    if (!unit.isEmpty() || section.has("process")) {
      all.add(new Check("process", processTiming(timing), new Probe.ProcessAlive()));
    }
    probes(section).forEach((check, probe) -> all.add(new Check(check, timing, probe)));
    section.section("write").ifPresent(write -> all.add(write(timing, write)));
    return new Service(
        name,
        section.optional("critical", Forms.TRUTH).orElse(false),
        section.optional("exclusive", Forms.TRUTH).orElse(false),
        PlanBuilder.text(section, "module"),
        unit,
        runsOn(section),
        all);
  }

  static CheckTiming processTiming(CheckTiming timing) {
    return new CheckTiming(
        PROCESS_INTERVAL, timing.timeout(), timing.failureThreshold(), timing.recoveryThreshold());
  }

  private List<String> runsOn(Section section) {
    return section.node("runs_on").map(PlanNames::scalars).orElse(List.of()).stream()
        .map(YamlNode.Scalar::text)
        .flatMap(this::hosts)
        .toList();
  }

  private Stream<String> hosts(String place) {
    return place.startsWith(SITE)
        ? Objects.requireNonNull(sites.get(place.substring(SITE.length()))).hosts().stream()
        : Stream.of(place);
  }

  private static Map<String, Probe> probes(Section section) {
    Map<String, Probe> probes = new LinkedHashMap<>();
    section
        .section("http")
        .ifPresent(http -> probes.put("http", new Probe.Http(PlanBuilder.text(http, "url"))));
    section.section("tcp").ifPresent(tcp -> probes.put("tcp", tcp(tcp)));
    section
        .section("postgres")
        .ifPresent(
            postgres ->
                probes.put(
                    "postgres", new Probe.Postgres(PlanBuilder.text(postgres, "connection"))));
    section.section("file_age").ifPresent(file -> probes.put("file_age", fileAge(file)));
    return probes;
  }

  private static Probe.Tcp tcp(Section tcp) {
    return new Probe.Tcp(
        tcp.optional("host", Forms.TEXT).orElse(DEFAULT_TCP_HOST),
        tcp.required("port", Forms.wholeNumber(1, 65_535)).orElseThrow());
  }

  private static Check write(CheckTiming timing, Section write) {
    Duration interval = write.optional("interval", Quantities.DURATION).orElse(WriteRules.INTERVAL);
    Probe.Write probe =
        new Probe.Write(
            PlanBuilder.text(write, "job"),
            write.required("max", Quantities.DURATION).orElseThrow());
    return new Check("write", WriteRules.timing(timing, interval), probe);
  }

  private static Probe.FileAge fileAge(Section file) {
    return new Probe.FileAge(
        PlanBuilder.text(file, "path"), file.required("max", Quantities.DURATION).orElseThrow());
  }
}
