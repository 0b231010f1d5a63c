package io.holdfast.agent.act.job;

import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the job's process reads it: lines of a key and a value.
 *
 * @param run names this run, so that no old report is taken for its own
 */
public record JobOrder(String run, JobRequest request) {

  /** Name of the file, in the directory that {@code CREDENTIALS_DIRECTORY} names. */
  public static final String FILE = "request";

  /** The lines. */
  public String text() {
    String arguments =
        switch (request.task()) {
          case JobTask.WriteProbe write -> "directory " + write.directory() + "\n";
        };
    return "run %s\nkind %s\njob %s\nwithin_millis %d\n%s"
        .formatted(
            run, request.task().kind(), request.job(), request.within().toMillis(), arguments);
  }

  /** What the lines say; empty when they are no order that this build knows. */
  public static Optional<JobOrder> read(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> values.put(words[0], words[1]));
    try {
      Duration within = Duration.ofMillis(Long.parseLong(values.getOrDefault("within_millis", "")));
      return task(values)
          .map(task -> new JobRequest(values.getOrDefault("job", ""), task, within))
          .map(request -> new JobOrder(values.getOrDefault("run", ""), request));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<JobTask> task(Map<String, String> values) {
    JobTask.WriteProbe write =
        new JobTask.WriteProbe(Path.of(values.getOrDefault("directory", "")));
    return write.kind().equals(values.get("kind")) ? Optional.of(write) : Optional.empty();
  }
}
