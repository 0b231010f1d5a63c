package io.holdfast.planfile.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code agent.yaml}; all paths are absolute or relative to the working directory.
 *
 * @param host name of this host in the plan
 * @param collectors at least one, in the order in which they are tried
 * @param stateDirectory keeps the stored plan and the spool
 * @param runDirectory keepers and the run file {@code agent.json}
 * @param localAddress stands for 127.0.0.1 and localhost in the plan's checks
 * @param services the allowlist, by the plan's service name, all of one kind; any other service is
 *     only observed
 * @param connections for PostgreSQL checks, by the plan's connection name
 * @param paths the allowlist of file checks: path of the plan to the real path
 * @param jobs the allowlist of work for other users, by the plan's job name
 * @param spoolMaxBytes bound of the spool, 64 KiB to 1 GiB
 * @param metrics where the agent's figures are shown; empty: nowhere
 */
public record AgentConfig(
    String host,
    List<Endpoint> collectors,
    TlsFiles tls,
    Path stateDirectory,
    Path runDirectory,
    Optional<String> localAddress,
    Map<String, ManagedService> services,
    Map<String, Connection> connections,
    Map<String, Path> paths,
    Map<String, AllowedJob> jobs,
    long spoolMaxBytes,
    Optional<Metrics> metrics) {

  /** Copies the collections and keeps their order. */
  public AgentConfig {
    collectors = List.copyOf(collectors);
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
  }

  /** The units of the allowlist by the plan's service name; empty in process mode. */
  public Map<String, ManagedService.Unit> units() {
    return ofKind(ManagedService.Unit.class);
  }

  /** The commands of the allowlist by the plan's service name; empty in systemd mode. */
  public Map<String, ManagedService.Command> commands() {
    return ofKind(ManagedService.Command.class);
  }

  private <T extends ManagedService> Map<String, T> ofKind(Class<T> kind) {
    Map<String, T> found = new LinkedHashMap<>();
    services.forEach(
        (name, service) -> {
          if (kind.isInstance(service)) {
            found.put(name, kind.cast(service));
          }
        });
    return found;
  }

  /**
   * Where figures for Prometheus are shown.
   *
   * @param endpoint port 0: any free one
   * @param tls what the port shows, and who signs the certificates of those who may look; empty: in
   *     clear text, on a loopback address
   */
  public record Metrics(Endpoint endpoint, Optional<TlsFiles> tls) {}

  /**
   * A PostgreSQL server.
   *
   * @param port 1 to 65535
   * @param password empty where the server asks for none
   */
  public record Connection(
      String host, int port, String database, String user, Optional<Secret> password) {}
}
