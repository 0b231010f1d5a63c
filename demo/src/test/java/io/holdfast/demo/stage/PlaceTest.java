package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceTest {

  @Test
  void aSpareOneHasTheSameHostsAtFreeAddressesThatTheDemoDoesNotUse() {
    Place demo = Place.demo();
    Place spare = Place.spare();

    assertThat(spare.hosts()).containsOnlyKeys(demo.hosts().keySet());
    assertThat(spare.needed()).doesNotContainAnyElementsOf(demo.needed());
    assertThat(Ports.areFree(spare.needed())).isTrue();
  }

  @Test
  void anAddressInUseIsNotFree() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.78.0.9"))) {
      var address = new InetSocketAddress("127.78.0.9", taken.getLocalPort());

      assertThat(Ports.areFree(List.of(address))).isFalse();
    }
  }
}
