package io.holdfast.agent.act;

import java.time.Duration;

/** How a job ended. */
public sealed interface JobOutcome {

  /** It wrote, and the file and its entry were on the disk after this long. */
  record Written(Duration took) implements JobOutcome {}

  /**
   * It tried to write, and the file system refused.
   *
   * @param readOnly it takes no writes at all
   * @param detail what the file system said, for people
   */
  record NotWritten(boolean readOnly, String detail) implements JobOutcome {}

  /**
   * Nothing was tried.
   *
   * @param detail why not and what to do, for people
   */
  record Refused(String detail) implements JobOutcome {}

  /**
   * Its process ended without a word of its work.
   *
   * @param detail what is known of it, for people
   */
  record Failed(String detail) implements JobOutcome {}

  /**
   * Its time was over, and it was killed.
   *
   * @param stage of its work that it was in; empty: it had not begun
   */
  record OutOfTime(String stage) implements JobOutcome {}

  /** The run before it does not end, not even by SIGKILL: it hangs in the kernel. */
  record Hanging() implements JobOutcome {}

  /** {@link JobRun#cancel} ended it. */
  record Cancelled() implements JobOutcome {}
}
