package io.holdfast.planfile;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.Site;
import io.holdfast.planfile.yaml.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as {@code plan.yaml}. Read again it is the same plan, but for its hash, which is
 * that of the new text.
 */
public final class PlanPrinter {

  private final YamlWriter out = new YamlWriter();

  private PlanPrinter() {}

  /** The plan as YAML, ending with a line feed. */
  public static String print(Plan plan) {
    PlanPrinter printer = new PlanPrinter();
    printer.write(plan);
    return printer.out.text();
  }

  private void write(Plan plan) {
    out.word("apiVersion", "holdfast/v1");
    out.open("system");
    out.string("name", plan.system().name());
    out.string("locale", plan.system().locale());
    out.string("timezone", plan.system().timezone());
    out.close();
    topology(plan);
    out.open("checks");
    timing(plan.checks(), null);
    out.close();
    out.open("services");
    plan.services().values().forEach(service -> service(service, plan.checks()));
    out.close();
    HealingPrinter.write(plan.healing(), out);
  }

  private void topology(Plan plan) {
    out.open("objectives");
    plan.objectives()
        .forEach(
            (level, objective) -> {
              out.open(level.name());
              out.word("rto", Quantities.write(objective.rto()));
              out.word("rpo", Quantities.write(objective.rpo()));
              out.close();
            });
    out.close();
    out.open("hosts");
    plan.hosts()
        .values()
        .forEach(
            host -> {
              out.open(host.name());
              out.string("address", host.address());
              out.close();
            });
    out.close();
    if (!plan.sites().isEmpty()) {
      out.open("sites");
      plan.sites().values().forEach(this::site);
      out.close();
    }
  }

  private void site(Site site) {
    out.open(site.name());
    if (!site.hosts().isEmpty()) {
      out.strings("hosts", site.hosts());
    }
    site.repository().ifPresent(repository -> out.string("repository", repository));
    out.close();
  }

  private void service(Service service, CheckTiming defaults) {
    out.open(service.name());
    out.word("critical", String.valueOf(service.critical()));
    out.word("exclusive", String.valueOf(service.exclusive()));
    out.string("module", service.module());
    if (!service.unit().isEmpty()) {
      out.string("unit", service.unit());
    }
    out.strings("runs_on", service.runsOn());
    timing(serviceTiming(service, defaults), defaults);
    service.checks().forEach(check -> probe(check, service));
    out.close();
  }

  /** The process and the write check have an interval of their own; the others share one. */
  private static CheckTiming serviceTiming(Service service, CheckTiming defaults) {
    CheckTiming timing = service.checks().getLast().timing();
    return service.checks().stream()
        .filter(check -> !hasOwnInterval(check.probe()))
        .map(Check::timing)
        .findFirst()
        .orElse(
            new CheckTiming(
                defaults.interval(),
                timing.timeout(),
                timing.failureThreshold(),
                timing.recoveryThreshold()));
  }

  private static boolean hasOwnInterval(Probe probe) {
    return probe instanceof Probe.ProcessAlive || probe instanceof Probe.Write;
  }

  private void timing(CheckTiming timing, @Nullable CheckTiming defaults) {
    if (defaults == null || !timing.interval().equals(defaults.interval())) {
      out.word("interval", Quantities.write(timing.interval()));
    }
    if (defaults == null || !timing.timeout().equals(defaults.timeout())) {
      out.word("timeout", Quantities.write(timing.timeout()));
    }
    if (defaults == null || timing.failureThreshold() != defaults.failureThreshold()) {
      out.word("failure_threshold", String.valueOf(timing.failureThreshold()));
    }
    if (defaults == null || timing.recoveryThreshold() != defaults.recoveryThreshold()) {
      out.word("recovery_threshold", String.valueOf(timing.recoveryThreshold()));
    }
  }

  private void probe(Check check, Service service) {
    switch (check.probe()) {
      case Probe.ProcessAlive process -> {
        if (service.unit().isEmpty()) {
          out.word("process", "{}");
        }
      }
      case Probe.Http http -> single("http", "url", http.url());
      case Probe.Postgres postgres -> single("postgres", "connection", postgres.connection());
      case Probe.Tcp tcp -> {
        out.open("tcp");
        out.string("host", tcp.host());
        out.word("port", String.valueOf(tcp.port()));
        out.close();
      }
      case Probe.FileAge file -> {
        out.open("file_age");
        out.string("path", file.path());
        out.word("max", Quantities.write(file.maxAge()));
        out.close();
      }
      case Probe.Write write -> {
        out.open("write");
        out.string("job", write.job());
        out.word("max", Quantities.write(write.max()));
        out.word("interval", Quantities.write(check.timing().interval()));
        out.close();
      }
    }
  }

  private void single(String probe, String key, String value) {
    out.open(probe);
    out.string(key, value);
    out.close();
  }
}
