package io.holdfast.collector.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells this machine from a copy of its disk on another one. */
public final class MachineId {
  private static final Path FILE = Path.of("/etc/machine-id");

  private MachineId() {}

  /** The id of this machine; empty where it has none. */
  public static String ofThisMachine() {
    try {
      return Files.readString(FILE).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
