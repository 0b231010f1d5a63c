package io.holdfast.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final List<String> told = new ArrayList<>();
  private boolean taken = true;
  private String line = "guards 4 services";
  private final StatusLine status =
      new StatusLine(
          new Notifier(Optional.of(content -> taken && told.add(content)), Optional.empty()),
          () -> line);

  @Test
  void isToldWhenItChanges() {
    status.tell();
    status.tell();
    line = "guards 3 services";
    status.tell();
    assertThat(told).containsExactly("STATUS=guards 4 services", "STATUS=guards 3 services");
  }

  @Test
  void whatWasNotTakenIsToldAgain() {
    taken = false;
    status.tell();
    taken = true;
    status.tell();
    assertThat(told).containsExactly("STATUS=guards 4 services");
  }

  @Test
  void cannotSmuggleAnotherMessageIn() {
    line = "collector-1\nMAINPID=1";
    status.tell();
    assertThat(told).containsExactly("STATUS=collector-1 MAINPID=1");
  }
}
