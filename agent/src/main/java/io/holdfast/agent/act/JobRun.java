package io.holdfast.agent.act;

import java.util.concurrent.CompletionStage;

/** A job that was begun. */
public interface JobRun {

  /** How it ended; never completes with an exception. */
  CompletionStage<JobOutcome> outcome();

  /** Ends its process, by SIGKILL; without effect once it has ended. */
  void cancel();
}
