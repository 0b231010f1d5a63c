package io.holdfast.core.ledger;

import java.util.Comparator;

/** A service on a host. */
public record ServiceKey(String host, String service) implements Comparable<ServiceKey> {

  private static final Comparator<ServiceKey> ORDER =
      Comparator.comparing(ServiceKey::host).thenComparing(ServiceKey::service);

  @Override
  public int compareTo(ServiceKey other) {
    return ORDER.compare(this, other);
  }
}
