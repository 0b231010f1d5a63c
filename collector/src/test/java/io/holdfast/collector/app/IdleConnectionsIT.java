package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand connections that do nothing, against a real collector with a heap of 160 MiB. */
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;
  private static final int FILES_NEEDED = CONNECTIONS + 1_000;
  private static final int ADDRESSES = 20;
  private static final int HANDSHAKES = 1_000;
  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void holdsOrClosesTenThousandAndServesItsAgentMeanwhile() throws Exception {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assumeThat(files)
        .as("open files allowed to this test (ulimit -Hn); it needs %,d", FILES_NEEDED)
        .isGreaterThanOrEqualTo(FILES_NEEDED);
    try (Siege siege = new Siege(directory)) {
      int before = siege.files();
      List<SocketChannel> idle = open(siege.collector);
      try {
        siege.assertServedThroughout();
        assertThat(siege.files()).as("open files of the collector").isLessThan(3_000);
        assertThat(siege.liveBytes()).as("live bytes under attack").isLessThan(120 * MIB);
        siege.await("every one to be closed by the collector", () -> allClosed(idle));
      } finally {
        for (SocketChannel channel : idle) {
          channel.close();
        }
      }
      handshakesThatAskNothing(siege);
      siege.await("files to be given back", () -> siege.files() < before + 50);
      siege.assertServedThroughout();
      assertThat(siege.liveBytes()).as("live bytes after the attack").isLessThan(80 * MIB);
      assertThat(siege.collector.log()).contains("have not finished their TLS handshake");
      assertThat(siege.collector.log().lines().count()).as("lines of the log").isLessThan(200);
    }
  }

  /** Half of them on each port, from many addresses. */
  private static List<SocketChannel> open(CollectorProcess collector) throws IOException {
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      SocketChannel channel = SocketChannel.open();
      open.add(channel);
      channel.bind(new InetSocketAddress("127.0.1." + (1 + i % ADDRESSES), 0));
      int port = i / ADDRESSES % 2 == 0 ? collector.agentsPort : collector.apiPort;
      channel.connect(new InetSocketAddress(CollectorProcess.LOOPBACK, port));
      channel.configureBlocking(false);
    }
    return open;
  }

  private static boolean allClosed(List<SocketChannel> channels) {
    return channels.stream().allMatch(IdleConnectionsIT::isClosed);
  }

  private static boolean isClosed(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(16)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void handshakesThatAskNothing(Siege siege) throws Exception {
    Attackers strangers = Attackers.anonymous(siege.attackers, siege.collector.apiPort, "http/1.1");
    for (int i = 0; i < HANDSHAKES; i++) {
      strangers.connect().otherwiseEmpty();
    }
    siege.await("idle callers to be closed", () -> strangers.present() == 0);
    strangers.close();
  }
}
