package io.holdfast.bench.report;

/**
 * Another program's value of a figure, in the figure's unit.
 *
 * @param name without spaces
 */
public record Peer(String name, double value) {

  /** Refuses a name that would break the line of the result. */
  public Peer {
    Words.requireOne(name);
  }
}
