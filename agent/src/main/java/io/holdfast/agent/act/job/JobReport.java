package io.holdfast.agent.act.job;

import io.holdfast.agent.act.JobOutcome;
import io.holdfast.core.health.Detail;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a job's process has said so far, on its standard output: lines of a word and a text.
 *
 * @param run whose it is; empty: nothing was said
 * @param stage of its work that it is in; empty: not begun
 * @param outcome empty while there is none
 */
public record JobReport(String run, String stage, Optional<JobOutcome> outcome) {

  /** The stage in which a write is under way. */
  public static final String WRITING = "writing";

  private static final int LONGEST = 4_096;

  /** What the file has of the run; nothing when it is not there or another run's. */
  static JobReport of(String run, Path file) {
    JobReport none = new JobReport("", "", Optional.empty());
    try (InputStream in = Files.newInputStream(file)) {
      JobReport report = read(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
      return report.run().equals(run) ? report : none;
    } catch (IOException e) {
      return none;
    }
  }

  /** What the lines say; one that is not whole yet is passed over. */
  static JobReport read(String text) {
    JobReport report = new JobReport("", "", Optional.empty());
    for (int at = 0, end; (end = text.indexOf('\n', at)) >= 0; at = end + 1) {
      String[] words = (text.substring(at, end) + " ").split(" ", 2);
      report = report.with(words[0], words[1].strip());
    }
    return report;
  }

  private JobReport with(String word, String rest) {
    return switch (word) {
      case "run" -> new JobReport(rest, stage, outcome);
      case "stage" -> new JobReport(run, rest, outcome);
      case "written" -> ended(written(rest));
      case "read_only" -> ended(new JobOutcome.NotWritten(true, rest));
      case "not_written" -> ended(new JobOutcome.NotWritten(false, rest));
      case "refused" -> ended(new JobOutcome.Refused(rest));
      default -> this;
    };
  }

  private static JobOutcome written(String nanos) {
    return nanos.matches("[0-9]{1,18}")
        ? new JobOutcome.Written(Duration.ofNanos(Long.parseLong(nanos)))
        : new JobOutcome.Failed("the job said no number: " + nanos);
  }

  private JobReport ended(JobOutcome how) {
    return new JobReport(run, stage, Optional.of(how));
  }

  /** Says whose report it is; the first line. */
  public static void sayRun(PrintStream out, String run) {
    say(out, "run", run);
  }

  /** Says what is done from now on. */
  public static void sayStage(PrintStream out, String stage) {
    say(out, "stage", stage);
  }

  /** Says how it ended; the last line. */
  public static void sayOutcome(PrintStream out, JobOutcome outcome) {
    switch (outcome) {
      case JobOutcome.Written written -> say(out, "written", "" + written.took().toNanos());
      case JobOutcome.NotWritten not ->
          say(out, not.readOnly() ? "read_only" : "not_written", not.detail());
      case JobOutcome.Refused refused -> say(out, "refused", refused.detail());
      default -> throw new IllegalArgumentException("only the agent says that: " + outcome);
    }
  }

  private static void say(PrintStream out, String word, String rest) {
    out.print(word + " " + Detail.oneLine(rest) + "\n");
    out.flush();
  }
}
