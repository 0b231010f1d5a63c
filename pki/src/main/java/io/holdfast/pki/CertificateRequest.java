package io.holdfast.pki;

import java.util.List;
import java.util.Set;

/**
 * What a certificate shall say. The factory methods make the ones that Holdfast expects; the {@code
 * with...} methods bend them, for tests of what must be refused.
 *
 * @param commonName for people; Holdfast never reads it
 * @param uris URI names: who this is
 * @param addresses IP addresses or DNS names at which a server is reached
 * @param uses ends of a connection that it may stand for, at least one
 * @param validity when it holds
 */
public record CertificateRequest(
    String commonName,
    List<String> uris,
    List<String> addresses,
    Set<Use> uses,
    Validity validity) {
  private static final int DAYS = 7;

  /** Copies the lists. */
  public CertificateRequest {
    uris = List.copyOf(uris);
    addresses = List.copyOf(addresses);
    uses = Set.copyOf(uses);
    if (uses.isEmpty()) {
      throw new PkiException("a certificate for " + commonName + " needs at least one use");
    }
  }

  /** An agent's: {@code holdfast://host/NAME}, client only. */
  public static CertificateRequest host(String name) {
    return of(name, "holdfast://host/" + name, List.of(), Set.of(Use.CLIENT));
  }

  /** A collector's: {@code holdfast://collector/NAME} and where it is reached, both ends. */
  public static CertificateRequest collector(String name, List<String> addresses) {
    return of(name, "holdfast://collector/" + name, addresses, Set.of(Use.SERVER, Use.CLIENT));
  }

  /** An operator's: {@code holdfast://role/ROLE}, client only. */
  public static CertificateRequest operator(String role) {
    return of(role, "holdfast://role/" + role, List.of(), Set.of(Use.CLIENT));
  }

  private static CertificateRequest of(
      String name, String uri, List<String> addresses, Set<Use> uses) {
    return new CertificateRequest(name, List.of(uri), addresses, uses, Validity.days(DAYS));
  }

  /** The same, holding at another time. */
  public CertificateRequest withValidity(Validity other) {
    return new CertificateRequest(commonName, uris, addresses, uses, other);
  }

  /** The same, naming others; empty: naming nobody. */
  public CertificateRequest withUris(List<String> others) {
    return new CertificateRequest(commonName, others, addresses, uses, validity);
  }

  /** The same, reached elsewhere. */
  public CertificateRequest withAddresses(List<String> others) {
    return new CertificateRequest(commonName, uris, others, uses, validity);
  }

  /** The same, for other ends. */
  public CertificateRequest withUses(Set<Use> others) {
    return new CertificateRequest(commonName, uris, addresses, others, validity);
  }
}
