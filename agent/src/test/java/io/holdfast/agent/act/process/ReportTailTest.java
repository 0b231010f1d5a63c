package io.holdfast.agent.act.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTailTest {
  @TempDir Path directory;
  private Path current;
  private Path previous;
  private ReportTail tail;

  @BeforeEach
  void open() {
    current = directory.resolve("current");
    previous = directory.resolve("previous");
    tail = new ReportTail(current, previous);
  }

  private void append(String text) throws IOException {
    Files.writeString(current, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void readsNothingBeforeAKeeperBegan() throws Exception {
    assertThat(tail.read()).isEmpty();
  }

  @Test
  void readsEachKindOfReportOnce() throws Exception {
    append("1 100 keeper 7 99 boot\n2 101 started 8 100\n3 102 exited 8 -1 9\n");
    assertThat(tail.read())
        .containsExactly(
            new Report.Began(1, new ProcessId(7, 99), "boot"),
            new Report.Started(2, 1010, new ProcessId(8, 100)),
            new Report.Exited(3, 8, -1, 9));
    append("4 103 unstarted 9 the command é is not found\n5 103 failed r-1 no, it is not\n");
    append("6 104 done r-2\n7 105 quit\n");
    assertThat(tail.read())
        .containsExactly(
            new Report.Unstarted(4, 9, "the command é is not found"),
            new Report.Answered(5, "r-1", Optional.of("no, it is not")),
            new Report.Answered(6, "r-2", Optional.empty()),
            new Report.Quit(7));
    assertThat(tail.read()).isEmpty();
  }

  @Test
  void waitsForTheEndOfALine() throws Exception {
    append("1 100 qu");
    assertThat(tail.read()).isEmpty();
    append("it\n");
    assertThat(tail.read()).containsExactly(new Report.Quit(1));
  }

  @Test
  void passesOverWhatIsNoReport() throws Exception {
    append("\nrubbish\n1 x quit\n1 100 exited 5\n2 100 quit\n");
    assertThat(tail.read()).containsExactly(new Report.Quit(2));
  }

  @Test
  void losesNothingWhenTheKeeperBeginsANewFile() throws Exception {
    append("1 100 quit\n");
    assertThat(tail.read()).hasSize(1);
    append("2 101 quit\n");
    Files.move(current, previous);
    append("3 102 quit\n");
    assertThat(tail.read()).containsExactly(new Report.Quit(2), new Report.Quit(3));
    append("4 103 quit\n");
    assertThat(tail.read()).containsExactly(new Report.Quit(4));
  }

  @Test
  void readsFilesLongerThanOneChunk() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int sequence = 1; sequence <= 20_000; sequence++) {
      lines.append(sequence).append(" 100 done r\n");
    }
    append(lines.toString());
    assertThat(tail.read()).hasSize(20_000);
  }
}
