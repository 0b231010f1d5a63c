package io.holdfast.agent.act;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Work that another user does: of the host's allowlist alone, each of its jobs at most once at a
 * time, each in a process of its own and for a bounded time.
 *
 * <p>No method waits for anything. Progress and outcomes are told on the executor that the
 * implementation was given.
 */
public interface Job extends AutoCloseable {

  /**
   * Begins a job. What a run before this one left is ended first, also when it was another agent's.
   *
   * @param progress hears which stage of its work the job is in
   */
  JobRun run(JobRequest request, Consumer<String> progress);

  /** Changes the allowlist, by the name of each job; what runs goes on. */
  void allow(Map<String, AllowedTask> changed);

  /** Stops looking after jobs; each of them ends at its own deadline at the latest. */
  @Override
  void close();
}
