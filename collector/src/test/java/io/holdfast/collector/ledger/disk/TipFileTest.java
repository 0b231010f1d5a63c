package io.holdfast.collector.ledger.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TipFileTest {
  private static final int SECOND_SLOT = 4096;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    file = directory.resolve("tip");
    TipFile.create(file);
  }

  @Test
  void saysNothingWasAcknowledgedWhenItIsNew() throws IOException {
    assertThat(read()).isEqualTo(Tip.NONE);
  }

  @Test
  void saysWhatWasWrittenLast() throws IOException {
    for (long index = 1; index < 20; index++) {
      write(new Tip(3, index));
      assertThat(read()).isEqualTo(new Tip(3, index));
    }
  }

  @Test
  void keepsTheTipBeforeAWriteThatWasTorn() throws IOException {
    write(new Tip(1, 7));
    write(new Tip(1, 9)); // stands in the first slot
    flip(20);
    assertThat(read()).isEqualTo(new Tip(1, 7));
    write(new Tip(2, 10));
    assertThat(read()).isEqualTo(new Tip(2, 10));
  }

  @Test
  void refusesAFileWithoutAReadableSlot() throws IOException {
    write(new Tip(1, 7));
    flip(20);
    flip(SECOND_SLOT + 33);
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void refusesAMissingOrEmptyFile() throws IOException {
    Files.write(file, new byte[0]);
    assertThatThrownBy(this::read).isInstanceOf(RefusedException.class);
    Files.delete(file);
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void neverGoesBack() throws IOException {
    write(new Tip(1, 7));
    assertThatThrownBy(() -> write(new Tip(2, 7))).isInstanceOf(IllegalArgumentException.class);
  }

  private Tip read() throws IOException {
    try (TipFile tip = TipFile.open(file)) {
      return tip.tip();
    }
  }

  private void write(Tip next) throws IOException {
    try (TipFile tip = TipFile.open(file)) {
      tip.write(next);
    }
  }

  private void flip(int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 4;
    Files.write(file, bytes);
  }
}
