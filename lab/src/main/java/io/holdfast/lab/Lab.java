package io.holdfast.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The lab of this checkout, which {@code ./holdfast lab up} started.
 *
 * <p>Hosts are {@code trade-a}, {@code trade-b} … and {@code collector-1} …; processes of a host
 * have other numbers there than on this machine. Everything here needs root, and throws {@link
 * LabException} with what was said when a command fails.
 */
public final class Lab {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final List<String> INSIDE =
      List.of(
          "env",
          "-i",
          "LANG=C.UTF-8",
          "HOME=/root",
          "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  private final Path root;
  private final Path home;

  private Lab(Path root) {
    this.root = root;
    this.home = root.resolve(".holdfast/lab");
  }

  /**
   * The lab that is up.
   *
   * @throws LabException when none is
   */
  public static Lab find() {
    Lab lab = new Lab(checkout());
    if (!lab.isUp()) {
      throw new LabException("no lab is up in " + lab.root + "; ./holdfast lab up starts one");
    }
    return lab;
  }

  /** The lab that is up, or else a new one of booted hosts without Holdfast on them. */
  public static Lab findOrBoot() {
    Lab lab = new Lab(checkout());
    if (!lab.isUp()) {
      lab.holdfast("lab", "up", "--bare");
    }
    return lab;
  }

  /** The lab that is up, with Holdfast rolled out on it by the playbooks, or else a new one. */
  public static Lab findOrRollOut() {
    Lab lab = new Lab(checkout());
    if (!lab.isUp() || !read(lab.home.resolve("state")).equals("ready")) {
      lab.holdfast("lab", "up");
    }
    return lab;
  }

  /** Whether a lab is up in this checkout, with or without Holdfast on it. */
  public static boolean isThere() {
    return new Lab(checkout()).isUp();
  }

  /** Ends the lab of this checkout, also one that is half made, and removes everything of it. */
  public static void down() {
    new Lab(checkout()).holdfast("lab", "down");
  }

  /** The checkout: the property {@code holdfast.root}, else the first one above this directory. */
  public static Path checkout() {
    Optional<Path> named = Optional.ofNullable(System.getProperty("holdfast.root")).map(Path::of);
    return named
        .or(
            () ->
                Stream.iterate(
                        Optional.of(Path.of("").toAbsolutePath()),
                        Optional::isPresent,
                        at -> at.map(Path::getParent))
                    .flatMap(Optional::stream)
                    .filter(at -> Files.isExecutable(at.resolve("holdfast")))
                    .findFirst())
        .orElseThrow(() -> new LabException("not in a checkout, and holdfast.root is not set"));
  }

  private boolean isUp() {
    return Files.exists(home.resolve("state"));
  }

  /** Where the lab keeps its files: {@code .holdfast/lab} of the checkout. */
  public Path home() {
    return home;
  }

  /** Names of all hosts, in their order. */
  public List<String> hosts() {
    try (Stream<Path> homes = Files.list(home.resolve("hosts"))) {
      return homes.map(host -> host.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new LabException("cannot read the hosts of the lab: " + e.getMessage(), e);
    }
  }

  /** A host's IPv4 address in the lab's network. */
  public String address(String host) {
    return read(home.resolve("hosts").resolve(host).resolve("address"));
  }

  /** The first process of a host, as this machine numbers it; empty while the host is off. */
  public Optional<Long> leader(String host) {
    Path file = home.resolve("hosts").resolve(host).resolve("leader");
    return Files.exists(file) ? Optional.of(Long.parseLong(read(file))) : Optional.empty();
  }

  /** The address of a host's system bus, for a client on this machine. */
  public String systemBus(String host) {
    return "unix:path=/proc/" + running(host) + "/root/run/dbus/system_bus_socket";
  }

  private long running(String host) {
    return leader(host)
        .orElseThrow(() -> new LabException(host + " is off; the lab has " + hosts()));
  }

  /** Runs a command on a host as root, whatever its exit code. */
  public Ran exec(String host, String... command) {
    var words = new ArrayList<>(List.of("nsenter", "-t", Long.toString(running(host)), "-a", "--"));
    words.addAll(INSIDE);
    words.addAll(Arrays.asList(command));
    return Ran.of(root, COMMAND, words);
  }

  /** What a command wrote that runs on a host as root. */
  public String run(String host, String... command) {
    return exec(host, command).outOrThrow();
  }

  /**
   * What a script of {@code lab/host} wrote that runs on a host as root.
   *
   * @param script its name there; it is for bash
   */
  public String runScript(String host, String script, String... arguments) {
    String text = read(root.resolve("lab/host").resolve(script));
    var words = new ArrayList<>(List.of("bash", "-c", text, script));
    words.addAll(Arrays.asList(arguments));
    return run(host, words.toArray(String[]::new));
  }

  /** Runs a program of this machine inside the lab's network, where it has 10.78.0.1. */
  public Ran onBridge(String... command) {
    return Ran.of(root, COMMAND, onBridgeWords(command));
  }

  /** The words that run a program of this machine inside the lab's network. */
  public List<String> onBridgeWords(String... command) {
    var words = new ArrayList<>(List.of("nsenter", namespace(), "--"));
    words.addAll(Arrays.asList(command));
    return words;
  }

  private String namespace() {
    return "--net=/proc/" + read(home.resolve("network")) + "/ns/net";
  }

  /** Runs {@code ./holdfast ARGUMENT...}, whatever its exit code. */
  public Ran command(String... arguments) {
    var words = new ArrayList<>(List.of(root.resolve("holdfast").toString()));
    words.addAll(Arrays.asList(arguments));
    return Ran.of(root, LONGEST, words);
  }

  private void holdfast(String... arguments) {
    String ignored = command(arguments).outOrThrow();
  }

  /** Boots a host that is off, and waits until it has booted. */
  public void start(String host) {
    holdfast("lab", "start", host);
  }

  /** A silent death: nobody hears anything of the host any more. */
  public void kill(String host) {
    holdfast("lab", "kill", host);
  }

  /** A silent death after which the disk is empty. */
  public void killAndLoseDisk(String host) {
    holdfast("lab", "kill", host, "--lose-disk");
  }

  /** Freezes every process of a host. */
  public void pause(String host) {
    holdfast("lab", "pause", host);
  }

  /** Lets a paused host go on. */
  public void resume(String host) {
    holdfast("lab", "resume", host);
  }

  /** Cuts two hosts from each other. */
  public void partition(String host, String other) {
    holdfast("lab", "partition", host, other);
  }

  /** What {@code from} sends does not reach {@code to}; the other way all is well. */
  public void partitionOneWay(String from, String to) {
    holdfast("lab", "partition", from, to, "--one-way");
  }

  /** Cuts a host from all collectors. */
  public void partitionFromCollectors(String host) {
    holdfast("lab", "partition", host, "--collectors");
  }

  /** Takes back all partitions, delays and losses. */
  public void heal() {
    holdfast("lab", "heal");
  }

  /** Delays all that a host sends and gets, each way, by {@code delay} give or take the jitter. */
  public void slow(String host, Duration delay, Duration jitter) {
    holdfast("lab", "slow", host, delay.toMillis() + "ms", jitter.toMillis() + "ms");
  }

  /**
   * Loses a share of the packets of a host, each way.
   *
   * @param percent 0 to 100
   */
  public void lose(String host, int percent) {
    holdfast("lab", "loss", host, Integer.toString(percent));
  }

  /** Shifts the wall clock of a host's Holdfast and trading services. */
  public void clock(String host, Duration shift) {
    holdfast(
        "lab", "clock", host, (shift.isNegative() ? "-" : "+") + shift.abs().toSeconds() + "s");
  }

  /**
   * Waits until something is true, looking some ten times a second.
   *
   * @param what a sentence for the message, such as "trade-a has booted"
   * @throws LabException when it is not true in time
   */
  public static void await(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        throw new LabException("not within " + limit.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** What the Holdfast units of a host wrote last, for the message of a test that fails. */
  public String journal(String host, int lines) {
    return leader(host).isEmpty()
        ? host + " is off\n"
        : exec(host, "journalctl", "--no-pager", "-n", Integer.toString(lines), "-u", "holdfast-*")
            .out();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
