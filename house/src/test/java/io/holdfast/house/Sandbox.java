package io.holdfast.house;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine for the launcher: its own PATH without the tools that Holdfast needs, its own places
 * for JDKs and servers, and an apt that writes down what it was asked and then brings it.
 */
final class Sandbox {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** All that the machine has of its system: no JDK, no Maven, no server, no browser. */
  private static final List<String> SYSTEM =
      List.of(
          "bash",
          "cat",
          "chmod",
          "cmp",
          "comm",
          "cut",
          "diff",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "setpriv",
          "sh",
          "sort",
          "tail",
          "tar",
          "tee",
          "touch",
          "uname");

  private static final String APT_GET =
      """
      #!/usr/bin/env bash
      echo "apt-get $*" >>"$FAKE/log"
      [[ $1 == install ]] || exit 0
      [[ -x $HOLDFAST_SYSROOT/usr/sbin/policy-rc.d ]] && {
        "$HOLDFAST_SYSROOT/usr/sbin/policy-rc.d"; echo "starts denied with $?" >>"$FAKE/log"; }
      cat "$HOLDFAST_SYSROOT"/etc/postgresql-common/createcluster.d/* >>"$FAKE/log" 2>/dev/null
      [[ -z ${FAKE_APT_FAILS:-} ]] || exit 100
      for package in "$@"; do
        case $package in
          openjdk-*) "$FAKE/bring" jdk 21 ;;
          maven) "$FAKE/bring" maven ;;
          postgresql-*) "$FAKE/bring" postgresql "${package#*-}" ;;
          shellcheck | chromium | monit | prometheus-node-exporter | ansible-lint | yamllint)
            "$FAKE/bring" program "$package" ;;
          libfaketime)
            mkdir -p "$HOLDFAST_SYSROOT/usr/lib/x/faketime"
            touch "$HOLDFAST_SYSROOT/usr/lib/x/faketime/libfaketimeMT.so.1" ;;
          prometheus) "$FAKE/bring" program promtool ;;
          mmdebstrap | tcpdump | python3) "$FAKE/bring" program "$package" ;;
          systemd) "$FAKE/bring" program systemd-analyze ;;
          systemd-container) "$FAKE/bring" program systemd-nspawn ;;
          iproute2) "$FAKE/bring" program ip ;;
          nftables) "$FAKE/bring" program nft ;;
          openssh-client)
            "$FAKE/bring" program ssh
            "$FAKE/bring" program ssh-keygen ;;
          ansible) "$FAKE/bring" program ansible-playbook ;;
          debian-archive-keyring)
            mkdir -p "$HOLDFAST_SYSROOT/usr/share/keyrings"
            touch "$HOLDFAST_SYSROOT/usr/share/keyrings/debian-archive-keyring.gpg" ;;
          fonts-*) mkdir -p "$HOLDFAST_FONTS_DIR" && touch "$HOLDFAST_FONTS_DIR/NotoSansCJK.ttc" ;;
        esac
      done
      """;

  private static final String BRING =
      """
      #!/usr/bin/env bash
      program() { printf '#!/bin/sh\\n%s\\n' "$2" >"$1"; chmod +x "$1"; }
      case $1 in
        jdk)
          mkdir -p "$HOLDFAST_JVM_DIR/jdk-$2/bin"
          program "$HOLDFAST_JVM_DIR/jdk-$2/bin/java" :
          program "$HOLDFAST_JVM_DIR/jdk-$2/bin/javac" :
          echo "JAVA_VERSION=\\"$2.0.1\\"" >"$HOLDFAST_JVM_DIR/jdk-$2/release"
          ;;
        maven) program "$FAKE/bin/mvn" "echo Apache Maven ${2:-3.8.7}" ;;
        postgresql)
          mkdir -p "$HOLDFAST_POSTGRES_DIR/$2/bin"
          program "$HOLDFAST_POSTGRES_DIR/$2/bin/postgres" :
          program "$HOLDFAST_POSTGRES_DIR/$2/bin/initdb" :
          ;;
        program) program "$FAKE/bin/$2" : ;;
      esac
      """;

  private static final String APT_CACHE =
      """
      #!/usr/bin/env bash
      for known in $FAKE_CANDIDATES; do
        [[ $2 == "$known" ]] && printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n' "$2"
      done
      exit 0
      """;

  private final Path machine;
  private final Path bin;
  private final Map<String, String> environment = new TreeMap<>();

  /** What a run of the launcher said and how it ended. */
  record Ended(int exitCode, String text) {}

  Sandbox(Path directory) throws IOException {
    machine = directory.resolve("a machine");
    bin = machine.resolve("bin");
    Path checkout = machine.resolve("check out");
    Files.createDirectories(checkout.resolve("launcher"));
    Files.copy(ROOT.resolve("holdfast"), checkout.resolve("holdfast"));
    try (Stream<Path> parts = Files.list(ROOT.resolve("launcher"))) {
      for (Path part : parts.toList()) {
        Files.copy(part, checkout.resolve("launcher").resolve(part.getFileName()));
      }
    }
    Files.createDirectories(bin);
    for (String name : SYSTEM) {
      program(name, "#!/bin/sh\nexec %s \"$@\"\n".formatted(locate(name)));
    }
    for (String needed : List.of("home", "sys/usr/sbin", "sys/etc", "sys/var/lib/apt/lists")) {
      Files.createDirectories(machine.resolve(needed));
    }
    Files.createFile(machine.resolve("sys/var/lib/apt/lists/x_Packages"));
    Files.writeString(machine.resolve("sys/etc/os-release"), "ID=debian\nVERSION_ID=\"13\"\n");
    write(machine.resolve("bring"), BRING);
    program("apt-get", APT_GET);
    program("apt-cache", APT_CACHE);
    program("dpkg-query", "#!/bin/sh\nprintf '%s\\n' \"$FAKE_INSTALLED\"\n");
    program("systemctl", "#!/bin/sh\necho \"systemctl $*\" >>\"$FAKE/log\"\n");
    program("sudo", "#!/bin/sh\nshift\nexec \"$@\"\n");
    environment();
  }

  private void environment() {
    environment.put("PATH", bin.toString());
    environment.put("HOME", machine.resolve("home").toString());
    environment.put("FAKE", machine.toString());
    environment.put("FAKE_INSTALLED", "");
    environment.put(
        "FAKE_CANDIDATES",
        "openjdk-21-jdk-headless maven postgresql-17 shellcheck chromium fonts-noto-cjk monit"
            + " prometheus prometheus-node-exporter libfaketime mmdebstrap debian-archive-keyring"
            + " systemd-container iproute2 nftables tcpdump openssh-client ansible python3"
            + " systemd ansible-lint yamllint");
    environment.put("HOLDFAST_SYSROOT", machine.resolve("sys").toString());
    environment.put("HOLDFAST_JVM_DIR", machine.resolve("jvm").toString());
    environment.put("HOLDFAST_POSTGRES_DIR", machine.resolve("postgresql").toString());
    environment.put("HOLDFAST_FONTS_DIR", machine.resolve("fonts").toString());
  }

  private static Path locate(String program) {
    return Stream.of("/usr/bin", "/bin")
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no " + program));
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts a program on the PATH. */
  Sandbox program(String name, String text) throws IOException {
    write(bin.resolve(name), text);
    return this;
  }

  /** Takes one away. */
  Sandbox without(String name) throws IOException {
    Files.delete(bin.resolve(name));
    return this;
  }

  Sandbox with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path file(String path) {
    return machine.resolve(path);
  }

  /**
   * Installs something without the launcher: {@code jdk 17}, {@code maven}, {@code postgresql 16}.
   */
  Sandbox bring(String... what) throws Exception {
    List<String> command = new ArrayList<>(List.of(machine.resolve("bring").toString()));
    command.addAll(List.of(what));
    run(command, machine);
    return this;
  }

  /** What apt and systemctl were asked. */
  String log() throws IOException {
    return Files.exists(file("log")) ? Files.readString(file("log")) : "";
  }

  /** Runs the launcher in another directory, through a symbolic link, with nobody at a terminal. */
  Ended holdfast(String... arguments) throws Exception {
    Path link = machine.resolve("link to holdfast");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, machine.resolve("check out/holdfast"));
    }
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(arguments));
    return run(command, Path.of("/"));
  }

  private Ended run(List<String> command, Path directory) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
