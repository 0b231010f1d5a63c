package io.holdfast.planfile.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A service that the agent may start and stop. */
public sealed interface ManagedService {

  /**
   * Systemd mode: a unit that systemd runs.
   *
   * @param name such as {@code api-server.service}; letters, digits and {@code : _ . \ @ -} alone
   */
  record Unit(String name) implements ManagedService {}

  /**
   * Process mode: a command that the keeper runs.
   *
   * @param command program and arguments, at least the program
   * @param environment added to a clean environment; values are secret because some are
   * @param workingDirectory the service starts there
   * @param user who runs it; empty: the agent's own user
   */
  record Command(
      List<String> command,
      Map<String, Secret> environment,
      Path workingDirectory,
      Optional<String> user)
      implements ManagedService {

    /** Copies the collections and keeps their order. */
    public Command {
      command = List.copyOf(command);
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The environment with its secrets in clear text, for the service alone. */
    public Map<String, String> revealedEnvironment() {
      return environment.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  entry -> entry.getValue().reveal(),
                  (a, b) -> b,
                  LinkedHashMap::new));
    }
  }
}
