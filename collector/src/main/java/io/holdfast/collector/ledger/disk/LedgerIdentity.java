package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who this ledger is, kept outside the storage of Ratis: a storage that was wiped, swapped or
 * copied to another machine must not pass for the ledger that it was.
 *
 * @param group of Ratis, unique for ever
 * @param peer the collector's name
 * @param machine id of the machine that it was made on; empty: not bound to one
 * @param formed false until it first led: a crash in its very first start leaves nothing to guard
 */
record LedgerIdentity(UUID group, String peer, String machine, boolean formed) {
  private static final String FORMAT = "holdfast-ledger-identity 1";
  private static final Set<String> FIELDS = Set.of("group", "peer", "machine", "formed");

  static LedgerIdentity create(String peer, String machine) {
    return new LedgerIdentity(UUID.randomUUID(), peer, machine, false);
  }

  LedgerIdentity nowFormed() {
    return new LedgerIdentity(group, peer, machine, true);
  }

  void write(Path file) throws IOException {
    String text =
        """
        %s
        group=%s
        peer=%s
        machine=%s
        formed=%s
        """
            .formatted(FORMAT, group, peer, machine, formed);
    DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<LedgerIdentity> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .skip(1)
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> fields.put(pair[0], pair[1]));
    try {
      if (!text.startsWith(FORMAT + "\n") || !fields.keySet().containsAll(FIELDS)) {
        throw new IllegalArgumentException("it does not look like one");
      }
      return Optional.of(
          new LedgerIdentity(
              UUID.fromString(fields.get("group")),
              fields.getOrDefault("peer", ""),
              fields.getOrDefault("machine", ""),
              Boolean.parseBoolean(fields.get("formed"))));
    } catch (IllegalArgumentException e) {
      throw RefusedException.damaged(
          Objects.requireNonNull(file.getParent()),
          file + " is no identity of a ledger: " + e.getMessage() + ".");
    }
  }
}
