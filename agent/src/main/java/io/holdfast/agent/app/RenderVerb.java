package io.holdfast.agent.app;

import io.holdfast.agent.act.systemd.HostFiles;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AllowedJob;
import io.holdfast.planfile.config.ManagedService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints what a host needs for systemd mode, from the allowlist. */
final class RenderVerb implements Verb {

  @Override
  public String name() {
    return "render";
  }

  @Override
  public String arguments() {
    return "polkit AGENT_YAML | dropin AGENT_YAML UNIT | units AGENT_YAML | files AGENT_YAML";
  }

  @Override
  public String purpose() {
    return "prints the rule for polkit, the drop-in of a unit, the units, one a line, or all files as JSON";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    String what = arguments.isEmpty() ? "" : arguments.getFirst();
    int expected =
        switch (what) {
          case "polkit", "units", "files" -> 2;
          case "dropin" -> 3;
          default -> throw new UsageException("render what? " + arguments());
        };
    if (arguments.size() != expected) {
      throw new UsageException("render " + what + " has other arguments: " + arguments());
    }
    Optional<AgentConfig> config = ConfigArgument.read(arguments.get(1));
    return config.isPresent() ? render(what, arguments, config.get()) : INVALID;
  }

  private static int render(String what, List<String> arguments, AgentConfig config) {
    if (!config.commands().isEmpty()) {
      return refuse("the services of " + arguments.get(1) + " are commands, not units");
    }
    Map<String, AllowedJob> jobs = new TreeMap<>();
    config.jobs().forEach((name, job) -> jobs.put(HostFiles.jobUnit(name, job.kind()), job));
    List<String> units =
        Stream.concat(
                config.units().values().stream().map(ManagedService.Unit::name),
                jobs.keySet().stream())
            .sorted()
            .toList();
    if (what.equals("dropin") && !units.contains(arguments.get(2))) {
      return refuse(arguments.get(2) + " is not among the units of the file: " + units);
    }
    switch (what) {
      case "polkit" -> System.out.print(HostFiles.polkitRule(units));
      case "files" -> System.out.print(HostFiles.all(dropIns(units, jobs)));
      case "dropin" -> System.out.print(dropIn(arguments.get(2), jobs));
      default -> units.forEach(System.out::println);
    }
    return FINE;
  }

  private static Map<String, String> dropIns(List<String> units, Map<String, AllowedJob> jobs) {
    Map<String, String> texts = new TreeMap<>();
    units.forEach(unit -> texts.put(unit, dropIn(unit, jobs)));
    return texts;
  }

  private static String dropIn(String unit, Map<String, AllowedJob> jobs) {
    return switch (jobs.get(unit)) {
      case null -> HostFiles.dropIn(unit);
      case AllowedJob.WriteProbe write ->
          HostFiles.jobDropIn(unit, write.user(), write.directory());
    };
  }

  private static int refuse(String message) {
    System.err.println("holdfast-agent: " + message);
    return INVALID;
  }
}
