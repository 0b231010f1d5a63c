package io.holdfast.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.util.IPAddress;

/**
 * The certificates of a whole throw-away fleet, good for a week:
 *
 * <pre>
 * DIR/ca.crt, ca.key                              trusted by agents, collectors and operators
 * DIR/hosts/NAME.crt, NAME.key                    one for each host
 * DIR/collectors/NAME.crt, NAME.key               one for each collector
 * DIR/operators/{viewer,operator,admin}.crt, .key one for each role
 * DIR/ledger-ca.crt, ledger-ca.key                trusted by collectors among themselves
 * DIR/ledger/NAME.crt, NAME.key                   one for each collector
 * </pre>
 */
public final class DemoPki {
  /** The roles that get a certificate. */
  public static final List<String> ROLES = List.of("viewer", "operator", "admin");

  private static final int DAYS = 7;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern DNS_NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private DemoPki() {}

  /**
   * Makes them all.
   *
   * @param directory missing or empty
   * @param hosts names of hosts: letters, digits, {@code . _ -}, at most 63
   * @param collectors names of collectors, likewise
   * @param collectorAddresses IP addresses and DNS names at which collectors are reached; each
   *     collector's certificate holds for all of them and for the collector's name
   * @throws PkiException when a name is not one or is there twice, the directory has content or
   *     cannot be written
   */
  public static void create(
      Path directory,
      List<String> hosts,
      List<String> collectors,
      List<String> collectorAddresses) {
    requireNames("host", hosts);
    requireNames("collector", collectors);
    requireAddresses(collectorAddresses);
    requireEmpty(directory);
    CertificateAuthority fleet =
        CertificateAuthority.create("Holdfast demo CA", Validity.days(DAYS));
    CertificateAuthority ledger =
        CertificateAuthority.create("Holdfast demo ledger CA", Validity.days(DAYS));
    fleet.writeTo(directory, "ca");
    ledger.writeTo(directory, "ledger-ca");
    for (String host : hosts) {
      fleet.issue(CertificateRequest.host(host)).writeTo(directory.resolve("hosts"), host);
    }
    for (String collector : collectors) {
      CertificateRequest request =
          CertificateRequest.collector(collector, addressesOf(collector, collectorAddresses));
      fleet.issue(request).writeTo(directory.resolve("collectors"), collector);
      ledger.issue(request).writeTo(directory.resolve("ledger"), collector);
    }
    for (String role : ROLES) {
      fleet.issue(CertificateRequest.operator(role)).writeTo(directory.resolve("operators"), role);
    }
  }

  private static List<String> addressesOf(String collector, List<String> shared) {
    // A name with an underscore is fine for Holdfast and none for DNS.
    return Stream.concat(shared.stream(), Stream.of(collector).filter(DemoPki::isDnsName))
        .distinct()
        .toList();
  }

  private static boolean isDnsName(String text) {
    return DNS_NAME.matcher(text).matches();
  }

  private static void requireNames(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new PkiException(
            "\""
                + printable(name)
                + "\" is no name of a "
                + what
                + ": 1 to 63 letters, digits, dots, hyphens or underscores,"
                + " with a letter or digit at both ends");
      }
      if (!seen.add(name)) {
        throw new PkiException("the " + what + " " + name + " is named twice");
      }
    }
  }

  private static void requireAddresses(List<String> addresses) {
    for (String address : addresses) {
      if (!IPAddress.isValid(address) && !isDnsName(address)) {
        throw new PkiException(
            "\"" + printable(address) + "\" is neither an IP address nor a DNS name");
      }
    }
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static void requireEmpty(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new PkiException(
            directory
                + ": has content already and is not overwritten;"
                + " name a new directory, or remove this one yourself");
      }
    } catch (NotDirectoryException e) {
      throw new PkiException(directory + ": is a file, not a directory", e);
    } catch (IOException e) {
      throw new PkiException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }
}
