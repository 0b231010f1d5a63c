package io.holdfast.agent.app;

import io.holdfast.metrics.BuildVersion;

/** Which build this is. */
final class Build {

  private Build() {}

  /** Version and commit of a packaged agent; see {@link BuildVersion}. */
  static String id() {
    return BuildVersion.of(Build.class);
  }
}
