package io.holdfast.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One measured number of Holdfast, with those of its peers.
 *
 * @param name such as {@code restart_p99_s}
 * @param unit one word
 * @param atMost the budget; empty where there is none
 * @param peers the first is the one that the budget speaks of
 */
public record Figure(
    String name, double value, String unit, OptionalDouble atMost, List<Peer> peers) {

  /** Copies the list; refuses names that would break the line of the result. */
  public Figure {
    Words.requireOne(name);
    Words.requireOne(unit);
    peers = List.copyOf(peers);
  }

  /** A line for each peer, or one that says there is none. */
  public List<String> resultLines() {
    String ours = "RESULT " + name + " " + Words.number(value) + " " + unit + " peer ";
    if (peers.isEmpty()) {
      return List.of(ours + "none - ratio -");
    }
    return peers.stream()
        .map(
            peer -> ours + peer.name() + " " + Words.number(peer.value()) + " ratio " + ratio(peer))
        .toList();
  }

  /** The budget in words, and whether it is met. */
  String budget() {
    if (atMost.isEmpty()) {
      return "none";
    }
    double limit = atMost.getAsDouble();
    return "≤ " + Words.limit(limit) + (value <= limit ? ": met" : ": NOT met");
  }

  private String ratio(Peer peer) {
    return peer.value() == 0 ? "-" : Words.number(value / peer.value());
  }
}
