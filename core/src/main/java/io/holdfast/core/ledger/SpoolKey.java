package io.holdfast.core.ledger;

import java.util.Comparator;

/** One spool of one host; a host whose spool was lost comes with a new id. */
public record SpoolKey(String host, String spoolId) implements Comparable<SpoolKey> {

  private static final Comparator<SpoolKey> ORDER =
      Comparator.comparing(SpoolKey::host).thenComparing(SpoolKey::spoolId);

  @Override
  public int compareTo(SpoolKey other) {
    return ORDER.compare(this, other);
  }
}
