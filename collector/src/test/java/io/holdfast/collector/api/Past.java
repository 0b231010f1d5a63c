package io.holdfast.collector.api;

import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.HostHistory;
import io.holdfast.proto.v1.LoadPoint;
import io.holdfast.proto.v1.ServiceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Half an hour of beats and ten minutes of load that a world remembers. */
public final class Past {
  private static final int BEATS = 60;
  private static final int POINTS = 120;
  private static final long BEAT_MILLIS = 30_000;
  private static final long POINT_MILLIS = 5_000;

  private final Plan plan;
  private final Map<String, List<Beat>> beats = new LinkedHashMap<>();
  private final Map<String, List<LoadPoint>> load = new LinkedHashMap<>();

  private Past(Plan plan) {
    this.plan = plan;
  }

  /** All services healthy, up to {@code now}. */
  public static Past healthy(Plan plan, long now) {
    Past past = new Past(plan);
    for (int i = BEATS - 1; i >= 0; i--) {
      for (Service service : plan.services().values()) {
        for (String host : service.runsOn()) {
          past.beat(host, service.name(), beat(now - i * BEAT_MILLIS, Verdict.VERDICT_HEALTHY));
        }
      }
    }
    for (String host : plan.hosts().keySet()) {
      double size = host.endsWith("a") ? 1 : 0.3;
      for (int i = POINTS - 1; i >= 0; i--) {
        past.load(host, point(now - i * POINT_MILLIS, size));
      }
    }
    return past;
  }

  public static Beat beat(long wallMillis, Verdict verdict, Reason... reasons) {
    Beat.Builder beat =
        Beat.newBuilder()
            .setWallMillis(wallMillis)
            .setVerdict(verdict)
            .addAllReasons(List.of(reasons));
    if (verdict == Verdict.VERDICT_HEALTHY) {
      beat.setAnswerMillis(8 + wallMillis / 1_000 % 17);
    }
    return beat.build();
  }

  private static LoadPoint point(long wallMillis, double size) {
    double wave = Math.sin(wallMillis / 60_000.0) + Math.sin(wallMillis / 17_000.0) / 2;
    return LoadPoint.newBuilder()
        .setWallMillis(wallMillis)
        .setCpuBusyRatio(size * (0.4 + wave / 5))
        .setMemoryUsedRatio(0.44 + size * wave / 60)
        .setDiskUsedRatio(0.61)
        .setDiskBusyRatio(size * (0.2 + wave / 8))
        .setNetworkBytesPerSecond(size * 1_400_000 * (1 + wave / 3))
        .build();
  }

  /** Adds a beat, which must be the newest. */
  public void beat(String host, String service, Beat beat) {
    List<Beat> list = beats.computeIfAbsent(host + "/" + service, added -> new ArrayList<>());
    list.add(beat);
    if (list.size() > BEATS) {
      list.removeFirst();
    }
  }

  /** Adds a point, which must be the newest. */
  public void load(String host, LoadPoint point) {
    load.computeIfAbsent(host, added -> new ArrayList<>()).add(point);
  }

  public History history() {
    History.Builder history = History.newBuilder();
    for (Service service : plan.services().values()) {
      for (String host : service.runsOn()) {
        history.addServices(
            ServiceHistory.newBuilder()
                .setHost(host)
                .setService(service.name())
                .addAllBeats(beats.getOrDefault(host + "/" + service.name(), List.of())));
      }
    }
    load.forEach(
        (host, points) ->
            history.addHosts(HostHistory.newBuilder().setHost(host).addAllLoad(points)));
    return history.build();
  }
}
