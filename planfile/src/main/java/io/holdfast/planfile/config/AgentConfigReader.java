package io.holdfast.planfile.config;

import io.holdfast.planfile.config.AgentConfig.Connection;
import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code agent.yaml}. */
public final class AgentConfigReader {

  /** Bound of the spool where the file names none: 16 MiB. */
  public static final long DEFAULT_SPOOL_BYTES = 16L << 20;

  /** State directory where the file names none. */
  public static final Path DEFAULT_STATE = Path.of("/var/lib/holdfast/agent");

  /** Run directory where the file names none. */
  public static final Path DEFAULT_RUN = Path.of("/run/holdfast/agent");

  private static final int POSTGRES_PORT = 5432;
  private static final Form<Long> SPOOL_SIZE =
      new Form<>(
          "a size from 64KiB to 1GiB",
          scalar ->
              Quantities.SIZE.of(scalar).filter(size -> size >= 64L << 10 && size <= 1L << 30),
          Quantities.SIZE.meant());

  private final ConfigFile file;
  private final Secrets secrets;

  private AgentConfigReader(ConfigFile file, Map<String, String> environment) {
    this.file = file;
    this.secrets = new Secrets(file.directory(), environment);
  }

  /** Reads the file; {@code ${env:…}} means this process's environment. */
  public static ConfigResult<AgentConfig> read(Path file) {
    return read(file, System.getenv());
  }

  /** Reads the file; {@code ${env:…}} means {@code environment}. */
  static ConfigResult<AgentConfig> read(Path file, Map<String, String> environment) {
    ConfigFile opened = ConfigFile.open(file);
    return opened
        .root()
        .map(root -> new AgentConfigReader(opened, environment).read(root))
        .orElseGet(() -> opened.result(AgentConfigReader::nothing));
  }

  private ConfigResult<AgentConfig> read(Section root) {
    Optional<String> host = root.required("host", Forms.HOST_NAME);
    Optional<List<Endpoint>> collectors = root.requiredList("collectors", ConfigForms.ENDPOINT);
    Optional<TlsFiles> tls = file.tls(root);
    Optional<Path> state = root.optional("state_directory", file.path(), DEFAULT_STATE);
    Optional<Path> run = root.optional("run_directory", file.path(), DEFAULT_RUN);
    Optional<String> local = root.optional("local_address", ConfigForms.ADDRESS);
    Map<String, ManagedService> services =
        root.section("services").map(new ManagedServiceRules(file, secrets)::read).orElse(Map.of());
    Map<String, Connection> connections = each(root, "connections", this::connection);
    Map<String, Path> paths =
        root.section("paths").map(section -> section.eachScalar(file.path())).orElse(Map.of());
    Map<String, AllowedJob> jobs = JobRules.of(root);
    Optional<Long> spool = spool(root);
    Optional<AgentConfig.Metrics> metrics = AgentMetricsRules.read(file, root, local);
    root.refuseOtherKeys();
    return file.result(
        () ->
            new AgentConfig(
                host.orElseThrow(),
                collectors.orElseThrow(),
                tls.orElseThrow(),
                state.orElseThrow(),
                run.orElseThrow(),
                local,
                services,
                connections,
                paths,
                jobs,
                spool.orElseThrow(),
                metrics));
  }

  private interface Read<T> {
    Optional<T> of(Section section);
  }

  private static <T> Map<String, T> each(Section root, String key, Read<T> read) {
    return root.section(key)
        .map(section -> section.<T>eachSection((name, child) -> read.of(child)))
        .orElse(Map.of());
  }

  private Optional<Connection> connection(Section section) {
    Optional<String> host = section.optional("host", ConfigForms.ADDRESS, "127.0.0.1");
    Optional<Integer> port =
        section.optional("port", Forms.wholeNumber(1, ConfigForms.MAX_PORT), POSTGRES_PORT);
    Optional<String> database = section.required("database", Forms.TEXT);
    Optional<String> user = section.required("user", Forms.TEXT);
    Optional<Secret> password = secrets.reference(section, "password");
    section.refuseOtherKeys();
    return host.isPresent() && port.isPresent() && database.isPresent() && user.isPresent()
        ? Optional.of(new Connection(host.get(), port.get(), database.get(), user.get(), password))
        : Optional.empty();
  }

  private static Optional<Long> spool(Section root) {
    Optional<Section> section = root.section("spool");
    if (section.isEmpty()) {
      return Optional.of(DEFAULT_SPOOL_BYTES);
    }
    Optional<Long> size = section.get().optional("max_size", SPOOL_SIZE, DEFAULT_SPOOL_BYTES);
    section.get().refuseOtherKeys();
    return size;
  }

  private static AgentConfig nothing() {
    throw new IllegalStateException("a file without a root has a problem");
  }
}
