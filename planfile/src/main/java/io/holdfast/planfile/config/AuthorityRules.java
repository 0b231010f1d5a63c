package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code authority} of {@code collector.yaml}. */
final class AuthorityRules {
  private static final String KEY = "authority";
  private static final Form<Duration> LIFETIME =
      Form.of(
          "a duration from 1h to 30d",
          scalar -> Quantities.DURATION.of(scalar).filter(AuthorityRules::isAllowed));

  private AuthorityRules() {}

  private static boolean isAllowed(Duration lifetime) {
    return lifetime.compareTo(AuthorityConfig.SHORTEST) >= 0
        && lifetime.compareTo(AuthorityConfig.LONGEST) <= 0;
  }

  /**
   * The authority; empty when the file has none, or a problem was added.
   *
   * @param tls of the collector itself
   */
  static Optional<AuthorityConfig> read(
      ConfigFile file, Section root, Secrets secrets, Optional<TlsFiles> tls) {
    Optional<Section> found = root.section(KEY);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Section section = found.get();
    Optional<Path> certificate = file.readable(section, "certificate");
    Optional<Secret> key = key(section, secrets);
    Optional<Path> ca =
        section.has("ca") || tls.isEmpty()
            ? file.readable(section, "ca")
            : section.optional("ca", file.path(), tls.get().ca());
    Optional<List<String>> addresses = section.requiredList("addresses", ConfigForms.ADDRESS);
    Optional<Duration> lifetime =
        section.optional("lifetime", LIFETIME, AuthorityConfig.DEFAULT_LIFETIME);
    section.refuseOtherKeys();
    if (tls.filter(own -> !own.isOneFile()).isPresent()) {
      root.refuse(
          KEY,
          "the collector makes its own certificate, so tls.certificate and tls.key must name the"
              + " same file, which it replaces as a whole");
      return Optional.empty();
    }
    return certificate.isPresent() && key.isPresent() && ca.isPresent() && addresses.isPresent()
        ? lifetime.map(
            span ->
                new AuthorityConfig(certificate.get(), key.get(), ca.get(), addresses.get(), span))
        : Optional.empty();
  }

  private static Optional<Secret> key(Section section, Secrets secrets) {
    if (!section.has("key")) {
      section.required("key", ConfigForms.SECRET);
      return Optional.empty();
    }
    return secrets.reference(section, "key");
  }
}
