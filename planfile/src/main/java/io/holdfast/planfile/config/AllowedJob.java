package io.holdfast.planfile.config;

import java.nio.file.Path;

/** Work that a host allows its agent to have done by another user. */
public sealed interface AllowedJob {

  /** The word for its kind in {@code agent.yaml}, and in the name of its unit. */
  String kind();

  /** Who does it; never root. */
  String user();

  /**
   * Writes a small file, waits until it is on the disk, and removes it.
   *
   * @param directory absolute; letters, digits and {@code / . _ @ : + -} alone
   */
  record WriteProbe(String user, Path directory) implements AllowedJob {
    /** Its word in {@code agent.yaml}. */
    public static final String KIND = "write_probe";

    @Override
    public String kind() {
      return KIND;
    }
  }
}
