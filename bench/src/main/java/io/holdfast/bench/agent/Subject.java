package io.holdfast.bench.agent;

import java.util.List;

/**
 * What is measured as one: a program's processes, at least one.
 *
 * @param name as in the table
 */
record Subject(String name, List<Long> pids) {
  Subject {
    pids = List.copyOf(pids);
  }
}
