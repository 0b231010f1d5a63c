package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trading host that boots anew. */
@ExtendWith(JournalOnFailure.class)
class RebootIT {
  private static final String HOST = "trade-a";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @Test
  void afterARebootTheHostIsGuardedAndHealthyAgain() {
    fleet.untilAllIsWell();
    String bootId = bootId();
    lab.exec(HOST, "systemctl", "reboot");
    fleet.until("another boot", () -> lab.leader(HOST).isPresent() && !bootId().equals(bootId));
    fleet.untilAllIsWell();
    assertThat(fleet.property(HOST, Fleet.AGENT, "ActiveState")).isEqualTo("active");
  }

  private String bootId() {
    return lab.exec(HOST, "cat", "/proc/sys/kernel/random/boot_id").out().strip();
  }
}
