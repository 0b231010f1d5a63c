package io.holdfast.metrics;

import java.util.Optional;

/** Which build this is. */
public final class BuildVersion {

  private BuildVersion() {}

  /**
   * Version and commit of a packaged program, whose start script says {@code -Dholdfast.build}; the
   * version in the manifest of its jar in a checkout, where the jar may be of any commit; {@code
   * development} when it runs from classes.
   */
  public static String of(Class<?> program) {
    return Optional.ofNullable(System.getProperty("holdfast.build"))
        .or(() -> Optional.ofNullable(program.getPackage().getImplementationVersion()))
        .orElse("development");
  }
}
