package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code collector.yaml}. */
public final class CollectorConfigReader {

  /** Where agents connect: all addresses, port 7443. */
  public static final Endpoint DEFAULT_AGENTS = new Endpoint("0.0.0.0", 7443);

  /** Where operators connect: all addresses, port 8443. */
  public static final Endpoint DEFAULT_API = new Endpoint("0.0.0.0", 8443);

  /** Where the ledger is reached: this machine alone, port 7444. */
  public static final Endpoint DEFAULT_LEDGER = new Endpoint("127.0.0.1", 7444);

  /** State directory where the file names none. */
  public static final Path DEFAULT_STATE = Path.of("/var/lib/holdfast/collector");

  /** Run directory where the file names none. */
  public static final Path DEFAULT_RUN = Path.of("/run/holdfast/collector");

  private final ConfigFile file;
  private final Secrets secrets;

  private CollectorConfigReader(ConfigFile file, Map<String, String> environment) {
    this.file = file;
    this.secrets = new Secrets(file.directory(), environment);
  }

  /**
   * Reads the file; {@code ${credential:…}} and {@code ${env:…}} ask this process's environment.
   */
  public static ConfigResult<CollectorConfig> read(Path file) {
    return read(file, System.getenv());
  }

  /** Reads the file; {@code ${credential:…}} and {@code ${env:…}} ask {@code environment}. */
  static ConfigResult<CollectorConfig> read(Path file, Map<String, String> environment) {
    ConfigFile opened = ConfigFile.open(file);
    return opened
        .root()
        .map(root -> new CollectorConfigReader(opened, environment).read(root))
        .orElseGet(() -> opened.result(CollectorConfigReader::nothing));
  }

  private ConfigResult<CollectorConfig> read(Section root) {
    Optional<String> name = root.required("name", Forms.HOST_NAME);
    Optional<Endpoint> agents = listen(root, "agents", DEFAULT_AGENTS);
    Optional<Endpoint> api = listen(root, "api", DEFAULT_API);
    Optional<Section> ledgerSection = root.requiredSection("ledger");
    Optional<Endpoint> ledger = ledgerSection.flatMap(section -> endpoint(section, DEFAULT_LEDGER));
    Optional<TlsFiles> ledgerTls = ledgerSection.flatMap(file::tls);
    ledgerSection.ifPresent(Section::refuseOtherKeys);
    Optional<TlsFiles> tls = file.tls(root);
    Optional<Path> state = root.optional("state_directory", file.path(), DEFAULT_STATE);
    Optional<Path> run = root.optional("run_directory", file.path(), DEFAULT_RUN);
    Optional<Boolean> anonymous = anonymousViewer(root);
    Optional<AuthorityConfig> authority = AuthorityRules.read(file, root, secrets, tls);
    root.refuseOtherKeys();
    return file.result(
        () ->
            new CollectorConfig(
                name.orElseThrow(),
                agents.orElseThrow(),
                api.orElseThrow(),
                ledger.orElseThrow(),
                ledgerTls.orElseThrow(),
                tls.orElseThrow(),
                state.orElseThrow(),
                run.orElseThrow(),
                anonymous.orElseThrow(),
                authority));
  }

  private static Optional<Endpoint> listen(Section root, String key, Endpoint fallback) {
    if (!root.has(key)) {
      root.node(key);
      return Optional.of(fallback);
    }
    Optional<Section> section = root.section(key);
    Optional<Endpoint> endpoint = section.flatMap(found -> endpoint(found, fallback));
    section.ifPresent(Section::refuseOtherKeys);
    return endpoint;
  }

  private static Optional<Endpoint> endpoint(Section section, Endpoint fallback) {
    Optional<String> address = section.optional("address", ConfigForms.ADDRESS, fallback.host());
    Optional<Integer> port =
        section.optional("port", Forms.wholeNumber(0, ConfigForms.MAX_PORT), fallback.port());
    return address.flatMap(host -> port.map(number -> new Endpoint(host, number)));
  }

  private static Optional<Boolean> anonymousViewer(Section root) {
    Optional<Section> section = root.section("dashboard");
    Optional<Boolean> anonymous =
        section.isEmpty()
            ? Optional.of(false)
            : section.get().optional("anonymous_viewer", Forms.TRUTH, false);
    section.ifPresent(Section::refuseOtherKeys);
    return anonymous;
  }

  private static CollectorConfig nothing() {
    throw new IllegalStateException("a file without a root has a problem");
  }
}
