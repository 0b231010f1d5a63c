package io.holdfast.agent.act;

import java.time.Duration;

/**
 * What is asked of a job.
 *
 * @param job its name in the allowlist
 * @param task must be what the allowlist says; the job itself compares, too
 * @param within after which it is ended, 1 ms to {@link #LONGEST}
 */
public record JobRequest(String job, JobTask task, Duration within) {

  /** No job may take longer; its unit says so, too. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  /** Checks the range. */
  public JobRequest {
    if (within.toMillis() < 1 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a job within " + within + "; allowed: 1 ms to 5 min");
    }
  }
}
