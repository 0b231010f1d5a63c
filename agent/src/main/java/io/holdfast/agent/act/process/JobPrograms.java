package io.holdfast.agent.act.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How jobs are run in process mode.
 *
 * @param program what is run, with what stands before kind and name of a job
 * @param allowlist the file that a job finds on its standard input
 * @param directory holds a directory for each job: its request, its report and its log
 */
public record JobPrograms(List<String> program, Path allowlist, Path directory) {
  /** Copies the list. */
  public JobPrograms {
    program = List.copyOf(program);
  }
}
