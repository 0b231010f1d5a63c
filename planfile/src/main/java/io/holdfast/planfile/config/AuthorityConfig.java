package io.holdfast.planfile.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The authority with which a collector signs certificates of hosts and its own.
 *
 * @param certificate PEM file of the intermediate, and what is between it and the root
 * @param key text of its PKCS#8 key in PEM
 * @param ca PEM file of the root that it must chain to
 * @param addresses IP addresses and DNS names at which agents and operators reach this collector,
 *     at least one
 * @param lifetime of the certificates that it signs, {@link #SHORTEST} to {@link #LONGEST}
 */
public record AuthorityConfig(
    Path certificate, Secret key, Path ca, List<String> addresses, Duration lifetime) {

  /** Shorter ones would leave no time to mend what keeps a renewal from working. */
  public static final Duration SHORTEST = Duration.ofHours(1);

  /** Longer ones would make a stolen key useful for too long. */
  public static final Duration LONGEST = Duration.ofDays(30);

  /** Where the file names none. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

  /** Copies the list. */
  public AuthorityConfig {
    addresses = List.copyOf(addresses);
  }
}
