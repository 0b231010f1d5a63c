package io.holdfast.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.PlanStored;
import io.holdfast.core.agent.HostEvent.ServiceExited;
import io.holdfast.core.agent.HostEvent.ServiceStarted;
import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  static final Moment NOW = new Moment(1_000, 1_700_000_000_000L);

  @TempDir Path directory;
  private final Failing disk = new Failing();
  private Spool spool;

  /** A disk that can be full, after so many more bytes, or refuse to force. */
  static final class Failing implements DiskWrites {
    private final DiskWrites real = DiskWrites.real();
    long room = Long.MAX_VALUE;
    boolean noForce;

    @Override
    public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
      if (bytes.remaining() > room) {
        real.write(channel, bytes.slice(bytes.position(), (int) room), position);
        room = 0;
        throw new IOException("No space left on device");
      }
      room -= bytes.remaining();
      real.write(channel, bytes, position);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
      if (noForce) {
        throw new IOException("Input/output error");
      }
      real.force(channel);
    }
  }

  @AfterEach
  void close() throws Exception {
    if (spool != null) {
      spool.close();
    }
  }

  private void open() throws IOException {
    spool = Spool.open(new SpoolSettings(directory, SpoolSettings.MIN_BYTES), NOW, "boot", disk);
  }

  private void reopen() throws IOException {
    spool.close();
    open();
  }

  private void append(HostEvent... events) {
    spool.append(List.of(events), NOW, "boot");
  }

  private void started(String service, int from, int to) {
    for (int pid = from; pid <= to; pid++) {
      append(new ServiceStarted(service, pid));
    }
  }

  private List<SpooledEvent> all() {
    return spool.unacknowledged(0, Integer.MAX_VALUE);
  }

  private List<Long> sequences() {
    return all().stream().map(SpooledEvent::sequence).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private Path lastFile() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".spool")).sorted().toList().getLast();
    }
  }

  private List<Path> damaged() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".damaged")).toList();
    }
  }

  private static void overwrite(Path file, long at, int value) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int before = bytes.read();
      bytes.seek(at);
      bytes.write(before ^ value);
    }
  }

  @Test
  void tellsEventsInOrderAndAgainAfterARestart() throws Exception {
    open();
    String id = spool.id();
    append(new PlanStored("a"), new PlanStored("b"));
    append(new PlanStored("c"));
    List<SpooledEvent> before = all();
    assertThat(before)
        .extracting(SpooledEvent::event)
        .containsExactly(new PlanStored("a"), new PlanStored("b"), new PlanStored("c"));
    assertThat(before).extracting(SpooledEvent::previous).containsExactly(0L, 1L, 2L);
    assertThat(spool.unacknowledged(1, 1)).containsExactly(before.get(1));
    reopen();
    assertThat(all()).isEqualTo(before);
    assertThat(spool.id()).isEqualTo(id);
    assertThat(spool.lastSequence()).isEqualTo(3);
  }

  @Test
  void sequencesGoOnAfterARestartEvenWhenEverythingWasAcknowledged() throws Exception {
    open();
    started("engine", 1, 400);
    assertThat(all()).isNotEmpty();
    assertThat(spool.acknowledge(400)).isTrue();
    spool.tidy();
    assertThat(all()).isEmpty();
    reopen();
    append(new PlanStored("a"));
    assertThat(all().getLast().sequence()).isEqualTo(401);
    assertThat(all().getLast().previous()).isEqualTo(400);
    assertThat(sequences()).hasSizeLessThan(400);
  }

  @Test
  void cutsOffAnEventThatWasNotWrittenToItsEnd() throws Exception {
    open();
    started("engine", 1, 3);
    spool.close();
    String id = spool.id();
    long size = Files.size(lastFile());
    for (long cut = 1; cut <= 8; cut++) {
      try (FileChannel file = FileChannel.open(lastFile(), StandardOpenOption.WRITE)) {
        file.truncate(size - cut);
      }
      open();
      assertThat(spool.id()).isEqualTo(id);
      assertThat(sequences()).containsExactly(1L, 2L);
      append(new ServiceStarted("engine", 3));
      assertThat(sequences()).containsExactly(1L, 2L, 3L);
      spool.close();
    }
    assertThat(damaged()).isEmpty();
  }

  @Test
  void setsDamageAsideUnderANewNameAndSaysHowMuchIsLost() throws Exception {
    open();
    started("engine", 1, 9);
    spool.close();
    String id = spool.id();
    byte[] bytes = Files.readAllBytes(lastFile());
    overwrite(lastFile(), bytes.length / 2, 0x55);
    open();
    assertThat(spool.id()).isNotEqualTo(id);
    assertThat(damaged()).hasSize(1);
    List<SpooledEvent> events = all();
    assertThat(sequences()).isEqualTo(range(1, events.size()));
    assertThat(events.getLast().event()).isInstanceOf(EventsDropped.class);
    EventsDropped dropped = (EventsDropped) events.getLast().event();
    assertThat(dropped.count()).isEqualTo(9 - (events.size() - 1));
    assertThat(events.subList(0, events.size() - 1))
        .extracting(SpooledEvent::event)
        .isEqualTo(
            LongStream.range(1, events.size())
                .<HostEvent>mapToObj(pid -> new ServiceStarted("engine", pid))
                .toList());
    append(new PlanStored("after"));
    List<SpooledEvent> after = all();
    String renamed = spool.id();
    reopen();
    assertThat(all()).isEqualTo(after);
    assertThat(spool.id()).isEqualTo(renamed);
  }

  @Test
  void noticesADamagedHeadAndAMissingFile() throws Exception {
    open();
    started("engine", 1, 600);
    spool.close();
    overwrite(lastFile(), 20, 1);
    open();
    assertThat(all().getLast().event()).isInstanceOf(EventsDropped.class);
    started("engine", 601, 1200);
    spool.close();
    String id = spool.id();
    List<Path> files;
    try (var list = Files.list(directory)) {
      files = list.filter(f -> f.toString().endsWith(".spool")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(2);
    Files.delete(files.get(1));
    open();
    assertThat(spool.id()).isNotEqualTo(id);
    assertThat(all().getLast().event()).isInstanceOf(EventsDropped.class);
  }

  @Test
  void mergesTheFlapsOfTheNoisiestServiceFirst() throws Exception {
    open();
    append(new PlanStored("kept"));
    for (int i = 0; i < 2_000; i++) {
      append(new ServiceExited("flapping", i, 1, 0));
      if (i % 100 == 0) {
        append(new ServiceStarted("calm", i));
      }
    }
    List<SpooledEvent> events = all();
    assertThat(events).extracting(SpooledEvent::event).contains(new PlanStored("kept"));
    assertThat(events.stream().filter(e -> e.event() instanceof ServiceStarted)).hasSize(20);
    List<EventsDropped> dropped =
        events.stream()
            .map(SpooledEvent::event)
            .filter(EventsDropped.class::isInstance)
            .map(EventsDropped.class::cast)
            .toList();
    assertThat(dropped).extracting(EventsDropped::service).containsOnly("flapping");
    long told = events.stream().filter(e -> e.event() instanceof ServiceExited).count();
    assertThat(dropped.stream().mapToLong(EventsDropped::count).sum() + told).isEqualTo(2_000);
  }

  @Test
  void keepsEventsInMemoryWhileTheDiskIsFullAndTellsThemOnceItIsNot() throws Exception {
    open();
    append(new PlanStored("a"));
    disk.room = 10;
    append(new PlanStored("b"));
    append(new PlanStored("c"));
    assertThat(spool.state()).isEqualTo(new SpoolState.Failing("No space left on device", 2));
    assertThat(sequences()).containsExactly(1L);
    disk.room = Long.MAX_VALUE;
    spool.tidy();
    assertThat(spool.state()).isEqualTo(new SpoolState.Healthy());
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
    List<SpooledEvent> before = all();
    reopen();
    assertThat(all()).isEqualTo(before);
    assertThat(damaged()).isEmpty();
  }

  @Test
  void tellsNoEventThatMayNotBeOnTheDisk() throws Exception {
    open();
    append(new PlanStored("a"));
    disk.noForce = true;
    append(new PlanStored("b"));
    assertThat(spool.state()).isInstanceOf(SpoolState.Failing.class);
    assertThat(sequences()).containsExactly(1L);
    disk.noForce = false;
    append(new PlanStored("c"));
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
    reopen();
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void boundsWhatItKeepsInMemoryByTheSameRule() throws Exception {
    open();
    disk.room = 0;
    append(new PlanStored("kept"));
    started("engine", 1, 3_000);
    disk.room = Long.MAX_VALUE;
    spool.tidy();
    List<SpooledEvent> events = all();
    assertThat(events.size()).isLessThan(2_000);
    assertThat(events.getFirst().event()).isEqualTo(new PlanStored("kept"));
    assertThat(events.get(1).event()).isInstanceOf(EventsDropped.class);
    assertThat(events.getLast().event()).isEqualTo(new ServiceStarted("engine", 3_000));
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).previous()).isEqualTo(events.get(i - 1).sequence());
    }
  }

  @Test
  void compactsWhenTheDiskHasNoRoomForItOnlyOnceItHas() throws Exception {
    open();
    disk.room = 70_000; // enough to fill the spool, not to rewrite it
    started("engine", 1, 3_000);
    assertThat(spool.state()).isInstanceOf(SpoolState.Failing.class);
    disk.room = Long.MAX_VALUE;
    spool.tidy();
    assertThat(spool.state()).isEqualTo(new SpoolState.Healthy());
    List<SpooledEvent> before = all();
    assertThat(before.getLast().event()).isEqualTo(new ServiceStarted("engine", 3_000));
    reopen();
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void getsANewNameWhenTheLedgerHasMoreThanItEverTold() throws Exception {
    open();
    append(new PlanStored("a"), new PlanStored("b"));
    assertThat(all()).hasSize(2);
    spool.acknowledge(1);
    String id = spool.id();
    assertThat(spool.acknowledge(77)).isFalse();
    append(new PlanStored("c"));
    assertThat(spool.id()).isNotEqualTo(id);
    assertThat(all())
        .extracting(SpooledEvent::event)
        .contains(new PlanStored("b"), new PlanStored("c"));
    assertThat(sequences()).isEqualTo(range(1, sequences().size()));
  }

  @Test
  void isUsedByOneProcessOnly() throws Exception {
    open();
    assertThatThrownBy(
            () -> Spool.open(new SpoolSettings(directory, SpoolSettings.MIN_BYTES), NOW, "boot"))
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("used by another");
  }

  @Test
  void refusesASizeOutOfRange() {
    assertThatThrownBy(() -> new SpoolSettings(directory, 1))
        .hasMessageContaining("allowed: 64KiB to 256MiB");
  }
}
