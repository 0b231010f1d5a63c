package io.holdfast.agent.app;

import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.JobTask;
import io.holdfast.planfile.config.AllowedJob;
import java.util.LinkedHashMap;
import java.util.Map;

/** The jobs of a configuration file, as they are carried out. */
final class JobTasks {

  private JobTasks() {}

  static Map<String, AllowedTask> of(Map<String, AllowedJob> jobs) {
    Map<String, AllowedTask> tasks = new LinkedHashMap<>();
    jobs.forEach((name, job) -> tasks.put(name, new AllowedTask(job.user(), task(job))));
    return tasks;
  }

  private static JobTask task(AllowedJob job) {
    return switch (job) {
      case AllowedJob.WriteProbe write -> new JobTask.WriteProbe(write.directory());
    };
  }
}
