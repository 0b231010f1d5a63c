package io.holdfast.core.healing;

/**
 * A stream of numbers that depends on its seed alone, as a value: whoever draws keeps the next
 * state. The mixing function is SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
public record Chance(long state) {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The stream after one draw. */
  public Chance next() {
    return new Chance(state + GOLDEN_GAMMA);
  }

  /** The number of this place in the stream, 0 (included) to 1 (excluded). */
  public double value() {
    long z = state + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
