package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What led to the present on one host of the plan. Safe for all threads: the agents' event loop
 * writes, the API's reads.
 */
final class HostPast {
  private final Map<String, ServicePast> services = new LinkedHashMap<>();
  private final LoadPast load = new LoadPast();

  /** Keeps the past of these services, by name with their usual intervals, and of no other. */
  synchronized void plan(Map<String, Long> intervalMillis, Moment now) {
    services.keySet().retainAll(intervalMillis.keySet());
    intervalMillis.forEach(
        (name, millis) ->
            services.computeIfAbsent(name, added -> new ServicePast(now)).every(millis));
  }

  synchronized void heard(Heartbeat heartbeat, Moment now) {
    for (ServiceVerdict verdict : heartbeat.getVerdictsList()) {
      ServicePast past = services.get(verdict.getService());
      if (past != null) {
        past.heard(verdict, now);
      }
    }
    if (heartbeat.hasSample()) {
      load.heard(heartbeat.getSample(), now);
    }
  }

  synchronized void review(boolean silent, Moment now) {
    load.review(now);
    if (silent) {
      services.values().forEach(past -> past.hostIsSilent(now));
    }
  }

  synchronized List<Beat> beats(String service, int most) {
    ServicePast past = services.get(service);
    return past == null ? List.of() : past.newest(most);
  }

  synchronized List<LoadPoint> load(int most) {
    return load.newest(most);
  }
}
