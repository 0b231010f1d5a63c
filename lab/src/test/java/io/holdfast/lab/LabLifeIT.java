package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another little lab, of a checkout of its own: how it begins, how it ends, what is left of it. */
class LabLifeIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;
  private Path checkout;

  @BeforeEach
  void copyTheLauncher() throws IOException {
    checkout = Files.createDirectory(temp.resolve("check out"));
    Path root = Lab.find().home().resolve("../..").normalize();
    for (String part : List.of("holdfast", "launcher", "lab/host", "lab/image")) {
      try (Stream<Path> files = Files.walk(root.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = checkout.resolve(root.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  @AfterEach
  void down() {
    lab("down");
  }

  @Test
  void nothingIsLeftOfALabThatIsDown() throws Exception {
    TreeSet<String> before = machine();
    assertThat(lab("up", "--bare", "--hosts", "1").outOrThrow()).isEmpty();
    lab("slow", "trade-a", "5ms").outOrThrow();
    assertThat(lab("exec", "trade-a", "hostname").outOrThrow()).isEqualTo("trade-a");
    assertThat(traces()).isNotEmpty();
    lab("down").outOrThrow();
    assertThat(traces()).isEmpty();
    assertThat(machine()).isEqualTo(before);
    assertThat(lab("down").exitCode()).as("once more").isZero();
  }

  @Test
  void whatACrashOfUpLeftIsRemovedByTheNextOne() throws Exception {
    Process up =
        new ProcessBuilder(words("up", "--bare", "--hosts", "1"))
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("up.log").toFile())
            .start();
    Path leader = checkout.resolve(".holdfast/lab/hosts/collector-1/leader");
    Lab.await("a host boots", SOON, () -> Files.exists(leader));
    up.destroyForcibly().waitFor();
    assertThat(traces()).isNotEmpty();
    assertThat(lab("status").exitCode()).as("half a lab is none").isEqualTo(3);
    lab("up", "--bare", "--hosts", "1").outOrThrow();
    assertThat(lab("status").outOrThrow()).containsPattern("trade-a +10.78.0.11 +running");
    lab("down").outOrThrow();
    assertThat(traces()).isEmpty();
  }

  @Test
  void downRemovesWhatACrashLeft() throws Exception {
    lab("up", "--bare", "--hosts", "1").outOrThrow();
    for (String marker : List.of("state", "network", "shape")) {
      Files.delete(checkout.resolve(".holdfast/lab").resolve(marker));
    }
    lab("pause", "trade-a");
    lab("down").outOrThrow();
    assertThat(traces()).isEmpty();
  }

  @Test
  void wrongUseSaysWhatIsAllowed() {
    assertThat(lab().exitCode()).isEqualTo(2);
    assertThat(lab("--help").out())
        .contains("partition A B [--one-way]", "kill HOST [--lose-disk]");
    assertThat(lab("dance").error()).contains("lab knows no command dance");
    assertThat(lab("status").exitCode()).isEqualTo(3);
    assertThat(lab("up", "--hosts", "0").exitCode()).isEqualTo(2);
    lab("up", "--bare", "--hosts", "1").outOrThrow();
    assertThat(lab("kill", "trade-x").error()).contains("it has: collector-1 trade-a");
    assertThat(lab("kill", "../trade-a").exitCode()).isEqualTo(2);
    assertThat(lab("slow", "trade-a", "fast").exitCode()).isEqualTo(2);
    assertThat(lab("loss", "trade-a", "101").exitCode()).isEqualTo(2);
    assertThat(lab("clock", "trade-a", "1h").exitCode()).isEqualTo(2);
    assertThat(lab("partition", "trade-a", "trade-a").exitCode()).isEqualTo(2);
    assertThat(lab("start", "trade-a").exitCode()).isEqualTo(3);
    assertThat(lab("resume", "trade-a").exitCode()).isEqualTo(3);
    assertThat(lab("up", "--bare").error()).contains("a lab of another shape is up");
  }

  @Test
  void aHostThatLostItsDiskIsAsNew() {
    lab("up", "--bare", "--hosts", "1").outOrThrow();
    lab("exec", "trade-a", "touch", "/root/lost").outOrThrow();
    String machine = lab("exec", "trade-a", "cat", "/etc/machine-id").outOrThrow();
    lab("kill", "trade-a", "--lose-disk").outOrThrow();
    lab("start", "trade-a").outOrThrow();
    assertThat(lab("exec", "trade-a", "test", "-e", "/root/lost").exitCode()).isEqualTo(1);
    assertThat(lab("exec", "trade-a", "cat", "/etc/machine-id").outOrThrow()).isNotEqualTo(machine);
    String config = checkout.resolve(".holdfast/lab/ssh/config").toString();
    assertThat(lab("exec", "bridge", "ssh", "-F", config, "10.78.0.11", "hostname").outOrThrow())
        .as("its new key is known")
        .isEqualTo("trade-a");
  }

  private Ran lab(String... arguments) {
    return Ran.of(temp, Duration.ofMinutes(3), words(arguments));
  }

  private List<String> words(String... arguments) {
    return Stream.concat(
            Stream.of(checkout.resolve("holdfast").toString(), "lab"), Stream.of(arguments))
        .toList();
  }

  /** Links and mounts of this machine, and its named network namespaces. */
  private static TreeSet<String> machine() throws IOException {
    var seen = new TreeSet<>(Files.readAllLines(Path.of("/proc/self/mounts")));
    try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
      links.forEach(link -> seen.add(link.toString()));
    }
    Path namespaces = Path.of("/run/netns");
    if (Files.isDirectory(namespaces)) {
      try (Stream<Path> names = Files.list(namespaces)) {
        names.forEach(name -> seen.add(name.toString()));
      }
    }
    return seen;
  }

  /**
   * Whatever of the little lab the machine has: processes, groups, files, mounts of any process.
   */
  private TreeSet<String> traces() throws IOException {
    String home = checkout.resolve(".holdfast/lab").toString();
    var seen = new TreeSet<String>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        for (String file : List.of("cmdline", "mountinfo", "environ")) {
          String text = readOrNothing(process.resolve(file)).replace("\\040", " ");
          if (text.contains(home)) {
            seen.add(process.resolve(file).toString());
          }
        }
        // One that has ended is a line of its parent's only.
        boolean ended = readOrNothing(process.resolve("stat")).matches("(?s).*\\) [ZX] .*");
        if (!ended && readOrNothing(process.resolve("cgroup")).contains("holdfast-lab-" + id())) {
          seen.add(process + "/cgroup");
        }
      }
    }
    for (String directory :
        List.of(
            "/sys/fs/cgroup",
            "/sys/fs/cgroup/unified",
            "/sys/fs/cgroup/systemd",
            "/run",
            "/run/systemd/nspawn/propagate")) {
      if (Files.isDirectory(Path.of(directory))) {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
          entries.filter(e -> e.toString().contains(id())).forEach(e -> seen.add(e.toString()));
        }
      }
    }
    if (Files.exists(Path.of(home))) {
      seen.add(home);
    }
    return seen;
  }

  private String id() {
    return Ran.of(
            temp,
            SOON,
            List.of(
                "sh", "-c", "printf %s \"$1\" | sha256sum | cut -c 1-6", "sh", checkout.toString()))
        .outOrThrow();
  }

  private static String readOrNothing(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException goneMeanwhile) {
      return "";
    }
  }
}
