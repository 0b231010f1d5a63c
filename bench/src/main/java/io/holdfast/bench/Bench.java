package io.holdfast.bench;

import io.holdfast.bench.report.Report;
import io.holdfast.demo.stage.StageException;
import java.util.List;

/** Something that can be measured. */
public interface Bench {

  /** What is typed after {@code ./holdfast bench}: a word, and {@code --lab} for one in the lab. */
  String name();

  /** What it measures, in one line. */
  String description();

  /** What must be installed: needs of {@code launcher/needs.sh}, in the same order as there. */
  List<String> needs();

  /**
   * Measures. Leaves no process and no file, however it ends.
   *
   * @throws StageException when something does not work; never because of a budget
   */
  Report run(Request request) throws InterruptedException;
}
