package io.holdfast.core.trust;

import java.util.List;

/** Commit {@code changes}, then tell {@code answer}. */
public record TrustDecision(List<TrustChange> changes, TrustAnswer answer) {

  /** Copies the list. */
  public TrustDecision {
    changes = List.copyOf(changes);
  }
}
