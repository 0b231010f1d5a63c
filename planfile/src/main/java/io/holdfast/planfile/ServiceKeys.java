package io.holdfast.planfile;

import java.util.Set;

/** The keys of a service in the plan. */
final class ServiceKeys {

  static final Set<String> ALL =
      Set.of(
          "critical",
          "exclusive",
          "module",
          "unit",
          "runs_on",
          "interval",
          "timeout",
          "failure_threshold",
          "recovery_threshold",
          "process",
          "http",
          "tcp",
          "postgres",
          "file_age",
          "write");

  private ServiceKeys() {}
}
