package io.holdfast.agent.act.systemd;

import java.nio.file.Path;

/**
 * Where agent and jobs leave what they tell each other; the template units name the same places.
 *
 * @param requests the agent writes {@code JOB/request} in it, which systemd hands to the job
 * @param reports systemd writes {@code job-JOB} in it, what the job says; nobody but root may make
 *     files there
 */
public record JobPlaces(Path requests, Path reports) {

  /**
   * Those of the units of the packages.
   *
   * @param runDirectory the agent's
   */
  public static JobPlaces ofThisMachine(Path runDirectory) {
    return new JobPlaces(runDirectory.resolve("jobs"), Path.of("/run/holdfast"));
  }
}
