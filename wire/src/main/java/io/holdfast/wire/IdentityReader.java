package io.holdfast.wire;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the subject alternative names of a certificate (RFC 5280, section 4.2.1.6). */
final class IdentityReader {
  private static final Integer URI_TYPE = 6;
  private static final Pattern FORM =
      Pattern.compile(
          "holdfast://(?<kind>host|collector|role)/(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,62})");

  private IdentityReader() {}

  static PeerIdentity read(X509Certificate certificate) throws CertificateException {
    String subject = "certificate \"" + certificate.getSubjectX500Principal().getName() + "\"";
    List<String> uris = holdfastUris(certificate);
    if (uris.size() != 1) {
      throw new CertificateException(
          subject
              + (uris.isEmpty()
                  ? " has no holdfast:// URI"
                  : " has several holdfast:// URIs " + uris)
              + " among its subject alternative names; exactly one is needed");
    }
    return parse(uris.get(0))
        .orElseThrow(
            () ->
                new CertificateException(
                    subject
                        + " says \""
                        + uris.get(0)
                        + "\"; allowed: holdfast://host/NAME, holdfast://collector/NAME,"
                        + " holdfast://role/viewer|operator|admin"));
  }

  private static Optional<PeerIdentity> parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group("name");
    return switch (matcher.group("kind")) {
      case "host" -> Optional.of(new PeerIdentity.HostIdentity(name));
      case "collector" -> Optional.of(new PeerIdentity.CollectorIdentity(name));
      default -> Role.ofLabel(name).map(PeerIdentity.RoleIdentity::new);
    };
  }

  private static List<String> holdfastUris(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return List.of();
    }
    return names.stream()
        .filter(name -> URI_TYPE.equals(name.get(0)))
        .map(name -> (String) name.get(1))
        .filter(uri -> uri.startsWith("holdfast:"))
        .toList();
  }
}
