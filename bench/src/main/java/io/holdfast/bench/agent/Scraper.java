package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads pages of metrics, each at its own interval, as Prometheus would. */
final class Scraper implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2000;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ConcurrentHashMap<URI, String> failures = new ConcurrentHashMap<>();

  /** Begins to read the pages; the values are seconds between two readings. */
  Scraper(Map<URI, Integer> pages) {
    pages.forEach(
        (page, seconds) -> {
          var unused = timer.scheduleAtFixedRate(() -> read(page), 0, seconds, TimeUnit.SECONDS);
        });
  }

  /** An error when a page could not be read since the last time: then nothing was compared. */
  void requireAllRead() {
    if (!failures.isEmpty()) {
      throw StageException.failed("pages that could not be scraped: " + failures);
    }
  }

  /** Whether a page can be read at this moment. */
  static boolean answers(URI page) {
    try {
      return lengthOf(page) > 0;
    } catch (IOException notNow) {
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void read(URI page) {
    try {
      lengthOf(page);
    } catch (IOException failed) {
      failures.put(page, failed.toString());
    }
  }

  private static long lengthOf(URI page) throws IOException {
    var connection = (HttpURLConnection) page.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream in = connection.getInputStream()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
