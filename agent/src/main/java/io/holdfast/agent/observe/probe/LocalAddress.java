package io.holdfast.agent.observe.probe;

import java.util.Optional;

/**
 * What stands for "this host" in the checks of the plan.
 *
 * @param replacement connected to instead of 127.0.0.1 and localhost, for where several hosts share
 *     one machine; empty: nothing is replaced
 */
public record LocalAddress(Optional<String> replacement) {

  /** Where to connect to for {@code host} of the plan. */
  public String resolve(String host) {
    return host.equals("127.0.0.1") || host.equalsIgnoreCase("localhost")
        ? replacement.orElse(host)
        : host;
  }
}
