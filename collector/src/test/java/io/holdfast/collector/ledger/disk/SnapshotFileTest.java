package io.holdfast.collector.ledger.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
  private static final byte[] BODY = "the state of everything".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private SnapshotFile snapshot;

  @BeforeEach
  void write() throws IOException {
    snapshot = new SnapshotFile(directory.resolve("snapshot.3_120"), 3, 120);
    snapshot.write(BODY);
  }

  @Test
  void givesBackWhatWasWrittenAndLeavesNothingElse() throws IOException {
    assertThat(snapshot.read()).isEqualTo(BODY);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("snapshot.3_120", "snapshot.3_120.md5");
    }
  }

  @Test
  void findsTheNewestByItsIndex() throws IOException {
    new SnapshotFile(directory.resolve("snapshot.4_99"), 4, 99).write(BODY);
    assertThat(SnapshotFile.newest(directory)).contains(snapshot);
    assertThat(SnapshotFile.newest(directory.resolve("missing"))).isEmpty();
  }

  @Test
  void refusesEveryShorterFileEvenWhenTheDigestWasMadeForIt() throws IOException {
    byte[] whole = Files.readAllBytes(snapshot.path());
    for (int length = 0; length < whole.length; length++) {
      Files.write(snapshot.path(), Arrays.copyOf(whole, length));
      assertRefused("match its digest");
      MD5FileUtil.computeAndSaveMd5ForFile(snapshot.path().toFile());
      assertThatThrownBy(() -> snapshot.read()).isInstanceOf(RefusedException.class);
      MD5FileUtil.saveMD5File(
          snapshot.path().toFile(), MD5FileUtil.computeMd5ForFile(wholeCopy(whole).toFile()));
    }
  }

  @Test
  void refusesAFlippedByteEvenWhenTheDigestWasMadeForIt() throws IOException {
    byte[] bytes = Files.readAllBytes(snapshot.path());
    bytes[bytes.length - 3] ^= 1;
    Files.write(snapshot.path(), bytes);
    assertRefused("match its digest");
    MD5FileUtil.computeAndSaveMd5ForFile(snapshot.path().toFile());
    assertRefused("checksum is wrong");
  }

  @Test
  void refusesAMissingOrUnreadableDigest() throws IOException {
    Path digest = directory.resolve("snapshot.3_120.md5");
    Files.writeString(digest, "nonsense\n");
    assertRefused("digest is unreadable");
    Files.delete(digest);
    assertRefused("snapshot.3_120.md5 is missing");
  }

  private Path wholeCopy(byte[] whole) throws IOException {
    return Files.write(directory.resolve("copy"), whole);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> snapshot.read())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(snapshot.path().toString())
        .hasMessageContaining(why);
  }
}
