package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads {@code cli.yaml}. */
public final class CliConfigReader {

  /** The last place that is looked at. */
  public static final Path SYSTEM_WIDE = Path.of("/etc/holdfast/cli.yaml");

  private CliConfigReader() {}

  /**
   * Where the file is: {@code option}, else {@code $HOLDFAST_CONFIG}, else {@code
   * ~/.config/holdfast/cli.yaml} if it exists, else {@link #SYSTEM_WIDE}.
   *
   * @param option the argument of {@code --config}
   * @param environment of this process
   */
  public static Path locate(Optional<Path> option, Map<String, String> environment) {
    String named = environment.getOrDefault("HOLDFAST_CONFIG", "");
    if (option.isPresent() || !named.isEmpty()) {
      return option.orElseGet(() -> Path.of(named));
    }
    Path own = Path.of(environment.getOrDefault("HOME", "/")).resolve(".config/holdfast/cli.yaml");
    return Files.exists(own) ? own : SYSTEM_WIDE;
  }

  /** Reads the file. */
  public static ConfigResult<CliConfig> read(Path file) {
    ConfigFile opened = ConfigFile.open(file);
    if (opened.root().isEmpty()) {
      return opened.result(CliConfigReader::nothing);
    }
    Section root = opened.root().get();
    Optional<List<Endpoint>> collectors = root.requiredList("collectors", ConfigForms.ENDPOINT);
    Optional<TlsFiles> tls = opened.tls(root);
    root.refuseOtherKeys();
    return opened.result(() -> new CliConfig(collectors.orElseThrow(), tls.orElseThrow()));
  }

  private static CliConfig nothing() {
    throw new IllegalStateException("a file without a root has a problem");
  }
}
