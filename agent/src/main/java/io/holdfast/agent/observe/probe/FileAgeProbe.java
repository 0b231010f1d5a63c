package io.holdfast.agent.observe.probe;

import io.holdfast.agent.observe.DetachedCalls;
import io.holdfast.agent.observe.ProbeKind;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Passes when a file was changed lately. Only files that the host's own configuration lists are
 * ever looked at. A file system that hangs makes its own check time out and no other one.
 */
public final class FileAgeProbe implements ProbeKind<Probe.FileAge>, AutoCloseable {
  private static final int MOST_HANGING = 32;

  private final Map<String, Path> allowed;
  private final InstantSource clock;
  private final DetachedCalls calls = new DetachedCalls("holdfast-file-age", MOST_HANGING);

  /**
   * Looks at files of {@code allowed} alone.
   *
   * @param allowed from the path in the plan to the real one
   * @param clock wall clock, which is what files are dated by
   */
  public FileAgeProbe(Map<String, Path> allowed, InstantSource clock) {
    this.allowed = Map.copyOf(allowed);
    this.clock = clock;
  }

  @Override
  public void start(Probe.FileAge probe, ProbeRun run) {
    Path file = allowed.get(probe.path());
    if (file == null) {
      run.inconclusive(
          ReasonCode.PROBE_BROKEN, "'" + probe.path() + "' is not allowed by agent.yaml paths");
      return;
    }
    run.stage("looking at " + file);
    Optional<CompletableFuture<Instant>> look =
        calls.start(probe.path(), () -> Files.getLastModifiedTime(file).toInstant());
    if (look.isEmpty()) {
      run.failed(ReasonCode.TIMED_OUT, "the last look at " + file + " still hangs");
      return;
    }
    look.get().whenComplete((changed, failure) -> answer(run, probe, file, changed, failure));
  }

  private void answer(
      ProbeRun run, Probe.FileAge probe, Path file, Instant changed, Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      run.failed(ReasonCode.FILE_MISSING, file + " is not there");
    } else if (failure != null) {
      run.inconclusive(ReasonCode.PROBE_BROKEN, file + " cannot be looked at: " + failure);
    } else {
      compare(run, probe.maxAge(), file, Duration.between(changed, clock.instant()));
    }
  }

  private static void compare(ProbeRun run, Duration maxAge, Path file, Duration age) {
    if (age.compareTo(maxAge) > 0) {
      run.failed(
          ReasonCode.FILE_TOO_OLD,
          file
              + " was changed "
              + age.toSeconds()
              + " s ago; at most "
              + maxAge.toSeconds()
              + " s");
    } else {
      run.passed();
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
