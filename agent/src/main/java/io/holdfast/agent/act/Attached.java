package io.holdfast.agent.act;

import java.util.List;
import java.util.Map;

/**
 * What an agent found when it began.
 *
 * @param reattached services that were found running and taken over untouched, sorted
 * @param failures per service why it cannot be acted on for now, for people; a later action tries
 *     again
 */
public record Attached(List<String> reattached, Map<String, String> failures) {
  /** Copies the collections. */
  public Attached {
    reattached = List.copyOf(reattached);
    failures = Map.copyOf(failures);
  }
}
