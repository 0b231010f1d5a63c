package io.holdfast.agent.observe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ParsersTest {

  @Test
  void busyIsWhatIsNeitherIdleNorWaitingForADisk() {
    CpuTimes before = CpuTimes.parse("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 100 0 50 800 50\n");
    CpuTimes after = CpuTimes.parse("cpu  130 5 60 840 60 1 2 2 0 0\ncpu0 130 5 60 840 60\n");
    assertThat(after.busyRatioSince(before).orElseThrow()).isCloseTo(0.5, within(1e-9));
    assertThat(after.cpus()).isEqualTo(1);
    assertThat(after.busyRatioSince(after)).isEmpty();
  }

  @Property
  void theBusyRatioIsAlwaysBetweenZeroAndOne(
      @ForAll @LongRange(min = 0, max = 1000) long idleBefore,
      @ForAll @LongRange(min = 0, max = 1000) long idleAfter,
      @ForAll @LongRange(min = 1, max = 1000) long passed) {
    CpuTimes before = new CpuTimes(idleBefore, 5000, 2);
    CpuTimes after = new CpuTimes(idleAfter, 5000 + passed, 2);
    assertThat(after.busyRatioSince(before).orElseThrow()).isBetween(0.0, 1.0);
  }

  @Test
  void aTextThatIsNotOfTheKnownFormIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> CpuTimes.parse("intr 1 2 3\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CpuTimes.parse("cpu  1 2 x 4\n"))
        .withMessageContaining("'x'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Memory.parse("MemTotal:  100 kB\n"))
        .withMessageContaining("MemAvailable");
  }

  @Test
  void memoryIsInBytesAndNotConfusedByLongerNames() {
    Memory memory =
        Memory.parse(
            """
            MemTotal:       24684096 kB
            MemFree:        23741964 kB
            MemAvailable:   24088208 kB
            SwapCached:            7 kB
            SwapTotal:          2048 kB
            SwapFree:           1024 kB
            """);
    assertThat(memory)
        .isEqualTo(new Memory(24684096L * 1024, 24088208L * 1024, 2048 * 1024, 1024 * 1024));
  }

  @Test
  void disksOfOldAndNewKernelsAreRead() {
    Map<String, DiskCounters> disks =
        DiskCounters.parse(
            """
               8       0 sda 100 1 2000 10 200 2 4000 20 0 30 40
             254       0 vda 83600 27641 3537978 16955 22054 19811 2975592 17323 0 11988 34829 7921 23 283752 504 2950 46
             254       1 vda1 1 1 1 1 1 1 1 1 1 1 1
            """,
            name -> !name.equals("vda1"));
    assertThat(disks)
        .containsOnly(
            Map.entry("sda", new DiskCounters(2000, 4000, 30)),
            Map.entry("vda", new DiskCounters(3537978, 2975592, 11988)));
  }

  @Test
  void aDiskWhoseCountersBeganAnewHasNoRates() {
    DiskCounters before = new DiskCounters(2000, 4000, 30);
    assertThat(new DiskCounters(10, 4000, 30).ratesSince(before, "sda", 1)).isEmpty();
    assertThat(new DiskCounters(2010, 4020, 1530).ratesSince(before, "sda", 2).orElseThrow())
        .satisfies(
            disk -> {
              assertThat(disk.readBytesPerSecond()).isEqualTo(2560);
              assertThat(disk.writeBytesPerSecond()).isEqualTo(5120);
              assertThat(disk.busyRatio()).isCloseTo(0.75, within(1e-9));
            });
  }

  @Test
  void networksAreReadAlsoWhenTheFirstNumberTouchesTheColon() {
    Map<String, NetworkCounters> networks =
        NetworkCounters.parse(
            """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:    3193      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0
              eth0:298739578    8128    3    0    0     0          0         0   507064    5023    4    0    0     0       0          0
            """);
    assertThat(networks)
        .containsExactly(Map.entry("eth0", new NetworkCounters(298739578, 507064, 7)));
  }

  @Test
  void onlyRealFileSystemsAreListedAndEachOnce() {
    assertThat(
            Mount.parse(
                """
                22 29 0:21 / /proc rw,nosuid - proc proc rw
                24 29 0:6 / /dev rw,nosuid - devtmpfs /dev/udev rw,size=4k
                29 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,errors=remount-ro
                30 29 254:0 /srv /mnt/bound ro,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro
                31 29 254:16 / /var/lib/my\\040data rw,relatime - ext4 /dev/vdb rw,emergency_ro
                32 29 0:50 / /net ro,relatime - nfs4 server:/export ro,vers=4.2
                33 29 0:51 / /tmp rw - tmpfs tmpfs rw
                34 29 7:1 / /snap/core ro - squashfs /dev/loop1 ro
                35 29 0:52 / /var/lib/docker/x rw - overlay overlay rw,lowerdir=/a
                36 29 254:32 / /sandboxed ro,relatime - xfs /dev/vdc rw
                """))
        .containsExactly(
            new Mount("/", "ext4", false),
            new Mount("/var/lib/my data", "ext4", true),
            new Mount("/net", "nfs4", true),
            new Mount("/sandboxed", "xfs", false));
  }

  @Test
  void theRootOfALiveSystemIsAnOverlay() {
    assertThat(Mount.parse("29 1 0:30 / / rw - overlay overlay rw,lowerdir=/a\n"))
        .containsExactly(new Mount("/", "overlay", false));
  }
}
