package io.holdfast.agent.act;

import java.nio.file.Path;

/** What a job does, with its arguments. */
public sealed interface JobTask {

  /** The word for it in {@code agent.yaml} and in the name of a unit. */
  String kind();

  /** What it does and where, for people. */
  String described();

  /**
   * Writes a small file, waits until it and its entry are on the disk, and removes it.
   *
   * @param directory absolute
   */
  record WriteProbe(Path directory) implements JobTask {
    @Override
    public String kind() {
      return "write_probe";
    }

    @Override
    public String described() {
      return kind() + " in " + directory;
    }
  }
}
