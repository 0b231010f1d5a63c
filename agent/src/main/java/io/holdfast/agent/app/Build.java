package io.holdfast.agent.app;

import java.util.Optional;

/** Which build this is. */
final class Build {

  private Build() {}

  /** The version in the jar's manifest; {@code development} when it runs from classes. */
  static String id() {
    return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
