package io.holdfast.collector.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a ledger runs.
 *
 * @param directory of its own; created when missing
 * @param peerId the collector's name
 * @param machineId binds the ledger to this machine; empty: not bound
 * @param address to listen on, an IP address or host name
 * @param port to listen on; 0: any free one
 * @param tls empty only in tests: plain text
 * @param limits sizes and spans
 */
public record LedgerSettings(
    Path directory,
    String peerId,
    String machineId,
    String address,
    int port,
    Optional<Tls> tls,
    Limits limits) {

  /** Checks the ranges. */
  public LedgerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
    }
    if (peerId.isEmpty()) {
      throw new IllegalArgumentException("the ledger's peer id is empty");
    }
  }

  /**
   * PEM files, with a CA of the ledger's own: whoever has a certificate of it may do anything.
   *
   * @param certificate this node's, with its chain
   * @param key PKCS#8
   * @param ca certificates of the ledger's CA
   */
  public record Tls(Path certificate, Path key, Path ca) {}

  /**
   * Sizes and spans.
   *
   * @param snapshotEvery entries from one snapshot to the next, at least 1
   * @param segmentBytes size at which a log file is closed and the next one begun
   * @param entryBytes most bytes of one entry
   * @param freeSpaceMin bytes that must be free on the disk; below it the ledger stops
   * @param reserveBytes size of the file that is given up when space is short; 0: none
   * @param appendDeadline after it an append fails as {@link LedgerException.OutcomeUnknown}
   * @param startDeadline after it a start fails
   */
  public record Limits(
      long snapshotEvery,
      int segmentBytes,
      int entryBytes,
      long freeSpaceMin,
      long reserveBytes,
      Duration appendDeadline,
      Duration startDeadline) {

    /** For production. */
    public static final Limits DEFAULT =
        new Limits(
            10_000,
            4 << 20,
            2 << 20,
            32L << 20,
            16L << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    /** After this many bytes of entries a snapshot is taken, however few the entries are. */
    long snapshotBytes() {
      return 16L * segmentBytes;
    }

    /** Checks the ranges. */
    public Limits {
      if (snapshotEvery < 1 || segmentBytes < 1 << 14 || entryBytes < 1 << 10) {
        throw new IllegalArgumentException(
            "a ledger needs a snapshot every 1 or more entries, segments of at least 16 KiB and"
                + " entries of at least 1 KiB");
      }
    }
  }
}
