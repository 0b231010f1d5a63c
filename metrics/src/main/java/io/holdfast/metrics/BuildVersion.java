package io.holdfast.metrics;

import java.util.Optional;

/** Which build this is. */
public final class BuildVersion {

  private BuildVersion() {}

  /** The version in the manifest of its jar; {@code development} when it runs from classes. */
  public static String of(Class<?> program) {
    return Optional.ofNullable(program.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
