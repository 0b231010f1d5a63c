package io.holdfast.agent.app;

import io.holdfast.metrics.BuildVersion;

/** Which build this is. */
final class Build {

  private Build() {}

  /** The version in the jar's manifest; {@code development} when it runs from classes. */
  static String id() {
    return BuildVersion.of(Build.class);
  }
}
