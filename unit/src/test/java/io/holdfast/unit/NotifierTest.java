package io.holdfast.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NotifierTest {

  @Test
  void speaksToASocketOnAPath() throws Exception {
    try (ManagerSocket manager = ManagerSocket.onPath()) {
      Notifier notifier = Notifier.of(Map.of("NOTIFY_SOCKET", manager.address()), 1);
      notifier.ready("guards 4 services");
      assertThat(manager.poll()).contains("READY=1\nSTATUS=guards 4 services");
      notifier.reloading();
      assertThat(manager.poll().orElseThrow()).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+");
      notifier.stopping();
      assertThat(manager.poll().orElseThrow()).startsWith("STOPPING=1\n");
    }
  }

  @Test
  void speaksToAnAbstractSocket() throws Exception {
    try (ManagerSocket manager = ManagerSocket.abstractOne()) {
      Notifier notifier =
          Notifier.of(
              Map.of("NOTIFY_SOCKET", manager.address(), "WATCHDOG_USEC", "9000000"),
              ProcessHandle.current().pid());
      assertThat(notifier.watchdog()).contains(Duration.ofSeconds(9));
      notifier.alive();
      assertThat(manager.poll()).contains("WATCHDOG=1");
    }
  }

  @Test
  void aWatchdogForAnotherProcessIsNotFed() throws Exception {
    try (ManagerSocket manager = ManagerSocket.onPath()) {
      Map<String, String> environment =
          Map.of(
              "NOTIFY_SOCKET", manager.address(), "WATCHDOG_USEC", "9000000", "WATCHDOG_PID", "7");
      assertThat(Notifier.of(environment, 8).watchdog()).isEmpty();
    }
  }

  @Test
  void whereNobodyListensNothingIsDone() {
    Notifier notifier = Notifier.of(Map.of("WATCHDOG_USEC", "9000000"), 1);
    notifier.ready("");
    assertThat(notifier.isHeard()).isFalse();
    assertThat(notifier.watchdog()).isEmpty();
  }

  @Test
  void aManagerThatWentAwayIsNoFailure() throws Exception {
    Notifier notifier;
    try (ManagerSocket manager = ManagerSocket.onPath()) {
      notifier = Notifier.of(Map.of("NOTIFY_SOCKET", manager.address()), 1);
    }
    assertThat(notifier.status("guards 4 services")).isFalse();
  }

  @Test
  void anAddressOfAnotherKindIsTold() {
    assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), 1).isHeard()).isFalse();
  }
}
