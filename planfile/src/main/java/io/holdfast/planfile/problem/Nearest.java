package io.holdfast.planfile.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The candidate with the fewest edits from {@code written}, if at most a third of its letters (at
   * least one, at most three) are wrong. Neighbours that changed places count as one edit, case as
   * none.
   */
  public static Optional<String> to(String written, Collection<String> candidates) {
    int allowed = Math.max(1, Math.min(3, written.length() / 3));
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - written.length()) <= allowed)
        .filter(candidate -> edits(written, candidate) <= allowed)
        .min(Comparator.comparingInt(candidate -> edits(written, candidate)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours from {@code a} to {@code b}. */
  static int edits(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cell(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cell(int[][] cost, String from, String to, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
