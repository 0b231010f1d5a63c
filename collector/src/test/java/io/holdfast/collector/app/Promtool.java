package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus' own tool, and the page for users, say of a scrape. */
final class Promtool {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(holdfast_[a-z0-9_]+)` \\| (\\w+) ");

  private Promtool() {}

  /** Fails with the tool's own words unless it has nothing to say. */
  static void check(String scrape) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(scrape.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).as("promtool of\n%s", scrape).isEmpty();
    assertThat(process.exitValue()).isZero();
  }

  /** Every name of the scrape is in docs/metrics.md, with this type. */
  static void isDocumented(String scrape) throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }
    Map<String, String> shown = new TreeMap<>();
    Matcher type = TYPE.matcher(scrape);
    while (type.find()) {
      shown.put(type.group(1), type.group(2));
    }
    assertThat(shown).isNotEmpty();
    assertThat(documented).containsAllEntriesOf(shown);
  }
}
