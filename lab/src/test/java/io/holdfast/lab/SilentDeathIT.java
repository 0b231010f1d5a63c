package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host that is killed says no good-bye: what a capture on the bridge has of it. */
@ExtendWith(JournalOnFailure.class)
class SilentDeathIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String VICTIM = "trade-b";
  private static final String PEER = "trade-a";
  private static final Pattern PACKET = Pattern.compile("(?m)^(\\d+\\.\\d+) ");
  private static final Pattern DOWN =
      Pattern.compile("(?s)\\[([0-9T:.-]+)\\]\\s*\\d+: vb-" + VICTIM + "@[^\\[]*?state DOWN");

  @TempDir Path temp;
  private final Lab lab = Lab.find();

  @Test
  void noPacketOfAKilledHostPassesTheBridge() throws Exception {
    lab.run(
        VICTIM,
        "systemd-run",
        "bash",
        "-c",
        "exec 3<>/dev/tcp/" + lab.address(PEER) + "/22; exec ping -q -i 0.02 " + lab.address(PEER));
    Lab.await("an open connection", SOON, () -> connections() == 1);
    Process capture =
        background(
            "capture",
            "tcpdump",
            "-i",
            "br0",
            "-n",
            "-tt",
            "-l",
            "src",
            "host",
            lab.address(VICTIM));
    Process links = background("links", "ip", "-tshort", "monitor", "link");
    try {
      Lab.await("a capture", SOON, () -> packets().length > 10);
      lab.kill(VICTIM);
      Lab.await("the cable is down", SOON, () -> DOWN.matcher(text("links")).find());
      // A host that lives would have sent fifty and more in the time that this takes.
      lab.run(PEER, "ping", "-q", "-c", "5", "-i", "0.2", lab.address("collector-1"));
      assertThat(connections()).as("connections that nobody closed").isEqualTo(1);
    } finally {
      capture.destroy();
      links.destroy();
      lab.command("lab", "start", VICTIM);
    }
    assertThat(capture.waitFor()).isGreaterThanOrEqualTo(0);
    double[] seen = packets();
    assertThat(seen).hasSizeGreaterThan(10);
    assertThat(seen[seen.length - 1]).as("the last packet").isLessThanOrEqualTo(cableDown());
  }

  /** Connections from the victim that its peer holds for open. */
  private long connections() {
    return lab.run(
            PEER,
            "ss",
            "-Htn",
            "state",
            "established",
            "sport = :22",
            "and",
            "dst",
            lab.address(VICTIM))
        .lines()
        .count();
  }

  private Process background(String name, String... command) throws IOException {
    List<String> words = lab.onBridgeWords(command);
    return new ProcessBuilder(words)
        .redirectOutput(temp.resolve(name).toFile())
        .redirectError(temp.resolve(name + ".error").toFile())
        .start();
  }

  private double[] packets() {
    return PACKET
        .matcher(text("capture"))
        .results()
        .mapToDouble(m -> Double.parseDouble(m.group(1)))
        .toArray();
  }

  private double cableDown() {
    Matcher down = DOWN.matcher(text("links"));
    assertThat(down.find()).isTrue();
    var at = LocalDateTime.parse(down.group(1)).atZone(ZoneId.systemDefault()).toInstant();
    return at.getEpochSecond() + at.getNano() / 1e9;
  }

  private String text(String name) {
    try {
      return Files.readString(temp.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
