package io.holdfast.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.HealingFailed;
import io.holdfast.core.agent.HostEvent.PlanStored;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, in whatever order: nothing is lost silently, and the bound holds. */
class SpoolPropertyTest {
  private static final long BOUND = SpoolSettings.MIN_BYTES;
  private static final int BOUND_SLACK = 4_096; // one event and the head of a file

  /** One thing that happens to a spool. */
  sealed interface Step {
    /**
     * So many events, each with so long a text, of this service; "" for events that never merge.
     */
    record Append(String service, int events, int text) implements Step {}

    /** The ledger has this share of what was told, in percent. */
    record Acknowledge(int percent) implements Step {}

    /** The process dies, perhaps while it writes so many bytes more. */
    record Crash(int torn) implements Step {}

    /** The disk takes only so many bytes more; 0 or more, or -1: all. */
    record Disk(int room) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> append =
        Arbitraries.of("", "engine", "api", "web")
            .flatMap(
                service ->
                    Arbitraries.integers()
                        .between(1, 120)
                        .flatMap(
                            events ->
                                Arbitraries.integers()
                                    .between(0, 400)
                                    .map(text -> new Step.Append(service, events, text))));
    Arbitrary<Step> acknowledge = Arbitraries.integers().between(0, 100).map(Step.Acknowledge::new);
    Arbitrary<Step> crash = Arbitraries.integers().between(0, 300).map(Step.Crash::new);
    Arbitrary<Step> disk = Arbitraries.integers().between(-20_000, 30_000).map(Step.Disk::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, append),
            net.jqwik.api.Tuple.of(2, acknowledge),
            net.jqwik.api.Tuple.of(2, crash),
            net.jqwik.api.Tuple.of(1, disk))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 150)
  void losesNothingSilentlyAndKeepsOrderAndBound(@ForAll("steps") List<Step> steps)
      throws IOException {
    Path directory = Files.createTempDirectory("spool");
    try (World world = new World(directory)) {
      for (Step step : steps) {
        world.run(step);
        world.check();
      }
    } finally {
      try (var files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(SpoolPropertyTest::delete);
      }
    }
  }

  /** A spool and what is known of it from outside. */
  private static final class World implements AutoCloseable {
    private final Path directory;
    private final SpoolTest.Failing disk = new SpoolTest.Failing();
    private final TreeMap<Long, HostEvent> given = new TreeMap<>();
    private final String id;
    private Spool spool;
    private long acknowledged;
    private boolean dropping;
    private int number;

    World(Path directory) throws IOException {
      this.directory = directory;
      open();
      this.id = spool.id();
    }

    private void open() throws IOException {
      spool = Spool.open(new SpoolSettings(directory, BOUND), SpoolTest.NOW, "boot", disk);
    }

    void run(Step step) throws IOException {
      switch (step) {
        case Step.Append append -> append(append);
        case Step.Acknowledge acknowledge -> acknowledge(acknowledge.percent());
        case Step.Crash crash -> crash(crash.torn());
        case Step.Disk full -> {
          disk.room = full.room() < 0 ? Long.MAX_VALUE : full.room();
          spool.tidy();
        }
      }
    }

    private void append(Step.Append append) {
      List<HostEvent> events = new ArrayList<>();
      long sequence = given.isEmpty() ? 0 : given.lastKey();
      for (int i = 0; i < append.events(); i++) {
        String text = ++number + "x".repeat(append.text());
        HostEvent event =
            append.service().isEmpty()
                ? new PlanStored(text)
                : new HealingFailed(
                    append.service(), Trigger.SERVICE_DOWN, 1, text, OptionalLong.empty());
        events.add(event);
        given.put(++sequence, event);
      }
      spool.append(events, new Moment(number, number), "boot");
      dropping |= onDisk() + held() > BOUND / 2;
    }

    private void acknowledge(int percent) {
      List<SpooledEvent> told = spool.unacknowledged(acknowledged, Integer.MAX_VALUE);
      if (!told.isEmpty()) {
        long upTo = told.get((told.size() - 1) * percent / 100).sequence();
        assertThat(spool.acknowledge(upTo)).isTrue();
        acknowledged = Math.max(acknowledged, upTo);
      }
    }

    private void crash(int torn) throws IOException {
      disk.room = Long.MAX_VALUE;
      long durable = spool.lastSequence();
      Path file;
      spool.close();
      try (var files = Files.list(directory)) {
        file = files.filter(f -> f.toString().endsWith(".spool")).sorted().toList().getLast();
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
        byte[] half = new byte[torn];
        java.util.Arrays.fill(half, (byte) 7);
        channel.write(java.nio.ByteBuffer.wrap(half));
      }
      open();
      assertThat(spool.lastSequence()).isGreaterThanOrEqualTo(durable);
      given.tailMap(spool.lastSequence(), false).clear(); // never on the disk, so never told
    }

    void check() throws IOException {
      assertThat(spool.id()).isEqualTo(id);
      List<SpooledEvent> told = spool.unacknowledged(acknowledged, Integer.MAX_VALUE);
      long previous = -1;
      long count = 0;
      for (SpooledEvent event : told) {
        if (previous < 0) {
          assertThat(event.previous()).isLessThanOrEqualTo(acknowledged);
        } else {
          assertThat(event.previous()).isEqualTo(previous);
        }
        previous = event.sequence();
        if (event.event() instanceof EventsDropped dropped) {
          assertThat(dropping).as("room for all").isTrue();
          assertThat(dropped.lastSequence()).isEqualTo(event.sequence());
          count += dropped.count();
        } else {
          assertThat(event.event()).isEqualTo(given.get(event.sequence()));
          count++;
        }
      }
      // What gave way may have been acknowledged in part, never less than what is left.
      long durable = spool.lastSequence();
      long left =
          given.tailMap(acknowledged, false).keySet().stream().filter(s -> s <= durable).count();
      assertThat(count).isGreaterThanOrEqualTo(left);
      if (spool.state() instanceof SpoolState.Healthy && !given.isEmpty()) {
        assertThat(spool.lastSequence()).isEqualTo(given.lastKey());
      }
      assertThat(onDisk()).isLessThanOrEqualTo(BOUND + BOUND_SLACK);
    }

    private long held() {
      return spool.state() instanceof SpoolState.Failing ? BOUND : 0;
    }

    private long onDisk() {
      try (var files = Files.list(directory)) {
        return files
            .filter(f -> f.toString().endsWith(".spool"))
            .mapToLong(f -> f.toFile().length())
            .sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      spool.close();
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
