package io.holdfast.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitLifeTest {
  private final List<String> told = new ArrayList<>();
  private final UnitLife life =
      new UnitLife(new Notifier(Optional.of(told::add), Optional.empty()));

  @Test
  void troubleComesFirstUntilItIsOver() {
    life.show(() -> "guards 4 services");
    life.trouble("not reloaded: agent.yaml:3:5");
    life.tell();
    life.trouble("");
    life.tell();
    assertThat(told)
        .containsExactly(
            "STATUS=not reloaded: agent.yaml:3:5; guards 4 services", "STATUS=guards 4 services");
  }

  @Test
  void whatWasToldWithReadyIsNotToldAgain() {
    life.ready(life.show(() -> "guards 4 services"));
    life.tell();
    assertThat(told).containsExactly("READY=1\nSTATUS=guards 4 services");
    life.close();
  }
}
