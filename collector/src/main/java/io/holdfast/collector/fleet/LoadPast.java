package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.v1.LoadPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest load of a host, one point for each window of 5 s in which it was heard: the mean of
 * what was measured. Kept in arrays, since there may be ten thousand hosts.
 */
final class LoadPast {
  static final int KEPT = 120;
  static final long WINDOW_MILLIS = 5_000;

  private static final Measure[] MEASURES = Measure.values();

  private final Ring ring = new Ring(KEPT);
  private final float[] values = new float[KEPT * MEASURES.length];
  private final double[] sums = new double[MEASURES.length];
  private final int[] counts = new int[MEASURES.length];
  private long window;
  private long newestWall;
  private boolean begun;

  void heard(HostSample sample, Moment now) {
    review(now);
    begun = true;
    window = now.bootMillis() / WINDOW_MILLIS;
    newestWall = now.wallMillis();
    for (Measure measure : MEASURES) {
      measure
          .read(sample)
          .ifPresent(
              value -> {
                sums[measure.ordinal()] += value;
                counts[measure.ordinal()]++;
              });
    }
  }

  /** Makes a point of a window that is over. */
  void review(Moment now) {
    if (!begun || now.bootMillis() / WINDOW_MILLIS == window) {
      return;
    }
    begun = false;
    int slot = ring.add(newestWall);
    for (int i = 0; i < MEASURES.length; i++) {
      values[slot * MEASURES.length + i] =
          counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
    }
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
  }

  /** The newest points, oldest first. */
  List<LoadPoint> newest(int most) {
    List<LoadPoint> points = new ArrayList<>();
    ring.newest(most, slot -> points.add(point(slot)));
    return points;
  }

  private LoadPoint point(int slot) {
    LoadPoint.Builder point = LoadPoint.newBuilder().setWallMillis(ring.wallMillis(slot));
    for (int i = 0; i < MEASURES.length; i++) {
      float value = values[slot * MEASURES.length + i];
      if (!Float.isNaN(value)) {
        MEASURES[i].put(point, value);
      }
    }
    return point.build();
  }
}
