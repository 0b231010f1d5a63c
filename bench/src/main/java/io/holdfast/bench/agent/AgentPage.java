package io.holdfast.bench.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the agent says of a service on its page of metrics. */
final class AgentPage {

  private static final int TIMEOUT_MILLIS = 2000;

  /** To ask it costs what is being measured elsewhere: a service that is not well yet can wait. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private AgentPage() {}

  /** Whether the agent holds a service for well and does nothing about it; looks after a pause. */
  static boolean saysWell(URI page, String service) {
    LockSupport.parkNanos(PAUSE_NANOS);
    try {
      var connection = page.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        return saysWell(new String(in.readAllBytes(), StandardCharsets.UTF_8), service);
      }
    } catch (IOException notNow) {
      return false;
    }
  }

  static boolean saysWell(String text, String service) {
    return has(text, "verdict", "\\{service=\"%s\",verdict=\"healthy\"} 1(\\.0)?", service)
        && has(text, "healing", "\\{service=\"%s\"} 0(\\.0)?", service);
  }

  private static boolean has(String text, String figure, String value, String service) {
    String line = "holdfast_service_" + figure + value.formatted(service);
    return text.lines().anyMatch(candidate -> candidate.matches(line));
  }
}
