package io.holdfast.planfile.config;

import io.holdfast.planfile.config.AgentConfig.Metrics;
import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Section;
import java.util.Optional;

/**
 * Reads {@code metrics} of {@code agent.yaml}. They are on where the file says nothing, at the
 * host's own loopback address, so that several hosts on one machine do not meet.
 */
final class AgentMetricsRules {
  /** Port where the file names none. */
  static final int DEFAULT_PORT = 9777;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOOPBACKS = "localhost|::1|127(\\.[0-9]{1,3}){3}";

  private AgentMetricsRules() {}

  /**
   * Where they are shown; empty when they are off, or something is wrong with the section.
   *
   * @param local the host's own address, where it has one
   */
  static Optional<Metrics> read(ConfigFile file, Section root, Optional<String> local) {
    String own = local.filter(AgentMetricsRules::isLoopback).orElse(LOOPBACK);
    if (!root.has("metrics")) {
      return Optional.of(new Metrics(new Endpoint(own, DEFAULT_PORT), Optional.empty()));
    }
    Optional<Section> section = root.section("metrics");
    Optional<Metrics> metrics = section.flatMap(keys -> read(file, keys, own));
    section.ifPresent(Section::refuseOtherKeys);
    return metrics;
  }

  private static Optional<Metrics> read(ConfigFile file, Section keys, String own) {
    boolean enabled = keys.optional("enabled", Forms.TRUTH, true).orElse(false);
    boolean secured = keys.has("tls");
    Optional<TlsFiles> tls = secured ? file.tls(keys) : Optional.empty();
    Form<String> address = secured ? ConfigForms.ADDRESS : ConfigForms.LOOPBACK;
    Optional<String> host = keys.optional("address", address, own);
    Optional<Integer> port =
        keys.optional("port", Forms.wholeNumber(0, ConfigForms.MAX_PORT), DEFAULT_PORT);
    return host.flatMap(h -> port.map(p -> new Metrics(new Endpoint(h, p), tls)))
        .filter(metrics -> enabled);
  }

  static boolean isLoopback(String address) {
    return address.matches(LOOPBACKS);
  }
}
