package io.holdfast.bench;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param name of the bench, with {@code --lab} behind it if that was asked for; empty: only say
 *     which there are
 * @param quick a short look instead of a result
 * @param seed of all random choices, 0 or more
 * @param help only say how to use the command
 */
record BenchOptions(Optional<String> name, boolean quick, long seed, boolean help) {

  static final String USAGE =
      """
      usage: holdfast bench [NAME [--lab]] [--quick] [--seed=N] [--yes]
        NAME      what to measure; without it: which benches there are
        --lab     on a booted host of the lab, as root
        --quick   a short look instead of a result
        --seed=N  the random choices of an earlier run, which has printed its seed
        --yes     install what is missing without asking""";

  private static final String SEED = "--seed=";

  /** Read from a shell's line: small enough to be typed again. */
  private static final int SEEDS = 1_000_000;

  /** Reads the command line; an {@link IllegalArgumentException} says what is wrong with it. */
  static BenchOptions parse(String[] args) {
    Optional<String> name = Optional.empty();
    boolean quick = false;
    boolean lab = false;
    boolean help = false;
    long seed = new SecureRandom().nextInt(SEEDS);
    for (String arg : args) {
      if (arg.equals("--quick")) {
        quick = true;
      } else if (arg.equals("--lab")) {
        lab = true;
      } else if (arg.equals("--help") || arg.equals("-h")) {
        help = true;
      } else if (arg.startsWith(SEED)) {
        seed = seed(arg.substring(SEED.length()));
      } else if (arg.startsWith("-")) {
        throw new IllegalArgumentException("unknown option: " + arg);
      } else if (name.isPresent()) {
        throw new IllegalArgumentException("one bench at a time: " + name.get() + " or " + arg);
      } else {
        name = Optional.of(arg);
      }
    }
    if (lab && name.isEmpty()) {
      throw new IllegalArgumentException("--lab goes with the name of a bench");
    }
    String place = lab ? " --lab" : "";
    return new BenchOptions(name.map(word -> word + place), quick, seed, help);
  }

  private static long seed(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("--seed=" + text + ": allowed are 0 to 18 nines");
    }
    return Long.parseLong(text);
  }
}
