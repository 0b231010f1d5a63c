package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Silence;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.wire.VerdictMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest verdicts of one service, and one of UNKNOWN for each interval in which its host was
 * silent. Kept in arrays, since there may be some ten thousand services.
 */
final class ServicePast {
  static final int KEPT = 60;

  private static final List<Reason> SILENT =
      List.of(Reason.newBuilder().setCode(ReasonCode.HOST_SILENT.name()).build());
  private static final int NO_ANSWER = -1;

  private final Moment since;
  private final Ring ring = new Ring(KEPT);
  private final Verdict[] verdicts = new Verdict[KEPT];
  private final List<List<Reason>> reasons = new ArrayList<>();
  private final int[] answerMillis = new int[KEPT];
  private long intervalMillis;
  private long lastJudged;
  private boolean silent;
  private long nextSilentBeat;

  ServicePast(Moment since) {
    this.since = since;
  }

  /** Says how long the service's usual interval is. */
  void every(long millis) {
    intervalMillis = millis;
  }

  void heard(ServiceVerdict said, Moment now) {
    long judged = said.getJudgedWallMillis();
    // After a silence the verdict is news though it was given before.
    if (judged != 0 && (judged != lastJudged || silent)) {
      lastJudged = judged;
      add(
          now,
          VerdictMapping.known(said.getVerdict()),
          Reasons.bounded(said.getReasonsList()),
          said.hasAnswerMillis()
              ? Math.clamp(said.getAnswerMillis(), 0, Integer.MAX_VALUE)
              : NO_ANSWER);
    }
    silent = false;
  }

  void hostIsSilent(Moment now) {
    // A collector or plan that is this young does not expect the host to have spoken.
    if (now.millisSince(since) <= Silence.AFTER_MILLIS) {
      return;
    }
    if (!silent || now.bootMillis() >= nextSilentBeat) {
      silent = true;
      nextSilentBeat = now.bootMillis() + intervalMillis;
      add(now, Verdict.VERDICT_UNKNOWN, SILENT, NO_ANSWER);
    }
  }

  private void add(Moment now, Verdict verdict, List<Reason> why, int millis) {
    // Equal reasons are kept once: a service that is down says the same in every beat.
    List<Reason> shared =
        !ring.isEmpty() && reasons.get(ring.newest()).equals(why)
            ? reasons.get(ring.newest())
            : why;
    int slot = ring.add(now.wallMillis());
    verdicts[slot] = verdict;
    answerMillis[slot] = millis;
    if (slot == reasons.size()) {
      reasons.add(shared);
    } else {
      reasons.set(slot, shared);
    }
  }

  /** The newest beats, oldest first. */
  List<Beat> newest(int most) {
    List<Beat> beats = new ArrayList<>();
    ring.newest(most, slot -> beats.add(beat(slot)));
    return beats;
  }

  private Beat beat(int slot) {
    Beat.Builder beat =
        Beat.newBuilder()
            .setWallMillis(ring.wallMillis(slot))
            .setVerdict(verdicts[slot])
            .addAllReasons(reasons.get(slot));
    if (answerMillis[slot] != NO_ANSWER) {
      beat.setAnswerMillis(answerMillis[slot]);
    }
    return beat.build();
  }
}
