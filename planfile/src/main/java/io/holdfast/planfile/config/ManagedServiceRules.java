package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Section;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code services} of {@code agent.yaml}. Each has a command or a unit; the first one says
 * which it is for all, because one agent runs its services in one way.
 */
final class ManagedServiceRules {
  private static final String COMMAND = "command";
  private static final String UNIT = "unit";

  private final ConfigFile file;
  private final Secrets secrets;
  private final Map<String, String> serviceOfUnit = new LinkedHashMap<>();
  private Optional<String> kind = Optional.empty();
  private String first = "";

  ManagedServiceRules(ConfigFile file, Secrets secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  Map<String, ManagedService> read(Section services) {
    return services.<ManagedService>eachSection(this::service);
  }

  private Optional<ManagedService> service(String name, Section section) {
    boolean hasUnit = section.has(UNIT);
    if (hasUnit && section.has(COMMAND)) {
      section.refuse(UNIT, "a service has a command or a unit, not both");
    } else if (hasUnit || section.has(COMMAND)) {
      refuseMixing(name, section, hasUnit ? UNIT : COMMAND);
    }
    Optional<ManagedService> service = hasUnit ? unit(name, section) : command(section);
    section.refuseOtherKeys();
    return service;
  }

  private void refuseMixing(String name, Section section, String key) {
    if (kind.isEmpty()) {
      kind = Optional.of(key);
      first = name;
    } else if (!kind.get().equals(key)) {
      section.refuse(
          key,
          "the services of one file have all a command or all a unit; "
              + first
              + " has a "
              + kind.get());
    }
  }

  private Optional<ManagedService> unit(String name, Section section) {
    Optional<String> unit = section.optional(UNIT, UnitForm.UNIT);
    section.node(COMMAND); // told already where both stand
    String other = unit.map(found -> serviceOfUnit.putIfAbsent(found, name)).orElse(null);
    if (other != null) {
      section.refuse(UNIT, "it is already the unit of " + other + "; each service has its own");
    }
    return unit.map(ManagedService.Unit::new);
  }

  private Optional<ManagedService> command(Section section) {
    if (!section.has(COMMAND)) {
      section.optional(UNIT, UnitForm.UNIT); // makes it a key that is allowed here
    }
    Optional<List<String>> command = section.requiredList(COMMAND, Forms.TEXT);
    Map<String, Secret> environment =
        section
            .section("environment")
            .map(values -> values.eachKey(key -> secrets.valueOrReference(values, key)))
            .orElse(Map.of());
    Optional<Path> directory = section.optional("working_directory", file.path(), file.directory());
    Optional<String> user = section.optional("user", ConfigForms.USER);
    return command.isPresent() && directory.isPresent()
        ? Optional.of(new ManagedService.Command(command.get(), environment, directory.get(), user))
        : Optional.empty();
  }
}
