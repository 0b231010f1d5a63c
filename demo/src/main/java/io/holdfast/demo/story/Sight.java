package io.holdfast.demo.story;

import java.util.List;

/** What a condition saw when it looked. */
public sealed interface Sight {

  /**
   * It holds.
   *
   * @param facts what the step's text tells, in the order of its placeholders
   */
  record Seen(List<String> facts) implements Sight {
    /** Copies the list. */
    public Seen {
      facts = List.copyOf(facts);
    }
  }

  /**
   * It does not hold yet.
   *
   * @param lastSeen what was there instead
   */
  record NotYet(String lastSeen) implements Sight {}

  /** It holds. */
  static Sight seen(String... facts) {
    return new Seen(List.of(facts));
  }

  /** It does not hold yet. */
  static Sight notYet(String lastSeen) {
    return new NotYet(lastSeen);
  }
}
