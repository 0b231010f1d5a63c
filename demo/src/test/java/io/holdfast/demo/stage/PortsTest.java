package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

  private static final List<String> TABLE =
      List.of(
          "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
          "   0: 01004E7F:1F41 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 x",
          "   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1 x",
          "   2: 01004E7F:1F41 01004E7F:C001 01 00000000:00000000 00:00000000 00000000     0        0 333 1 x");

  @Test
  void findsTheListeningSocketOfAnAddress() {
    assertThat(ListenTable.inodes(TABLE, new InetSocketAddress("127.78.0.1", 8001)))
        .containsExactly("111");
    assertThat(ListenTable.inodes(TABLE, new InetSocketAddress("127.78.0.2", 8001))).isEmpty();
  }

  @Test
  void aSocketOnAllAddressesHoldsEachOfThem() {
    assertThat(ListenTable.inodes(TABLE, new InetSocketAddress("127.78.0.2", 8080)))
        .containsExactly("222");
  }

  @Test
  void namesAddressPortAndProcessOfAPortInUse() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.78.0.9"))) {
      var address = new InetSocketAddress("127.78.0.9", taken.getLocalPort());

      assertThatThrownBy(() -> Ports.requireFree(List.of(address)))
          .isInstanceOfSatisfying(StageException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
          .hasMessageContaining("127.78.0.9 port " + taken.getLocalPort())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }
}
