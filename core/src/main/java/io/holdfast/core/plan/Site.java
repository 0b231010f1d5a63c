package io.holdfast.core.plan;

import java.util.List;
import java.util.Optional;

/**
 * A set of hosts, or a backup repository.
 *
 * @param name {@code primary}, {@code standby}, {@code cloud} or another
 * @param hosts names of its hosts, in the plan's order; empty for a repository
 * @param repository name of the backup repository, where the site is one
 */
public record Site(String name, List<String> hosts, Optional<String> repository) {

  /** Copies the list. */
  public Site {
    hosts = List.copyOf(hosts);
  }
}
