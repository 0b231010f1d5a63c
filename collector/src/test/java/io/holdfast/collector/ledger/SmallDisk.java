package io.holdfast.collector.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, mounted for one test; making one takes root. */
public final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts one at {@code directory}, which is made. The test is skipped where that is not allowed,
   * but never in CI.
   */
  public static SmallDisk mount(Path directory, String size) throws Exception {
    Files.createDirectories(directory);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    if (System.getenv("CI") != null) {
      assertThat(mounted).as("a tmpfs can be mounted").isTrue();
    }
    assumeTrue(mounted, "a tmpfs can be mounted (takes root)");
    return new SmallDisk(directory);
  }

  /** Its root. */
  public Path directory() {
    return directory;
  }

  /** Writes a file until nothing is left. */
  public void fill() throws IOException {
    fill(Long.MAX_VALUE);
  }

  /** Writes a file until it has {@code bytes} or nothing is left. */
  public void fill(long bytes) throws IOException {
    byte[] chunk = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(filler())) {
      for (long written = 0; written < bytes; written += chunk.length) {
        out.write(chunk);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
    }
  }

  /** Removes what {@link #fill} wrote. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  /** As a kernel does after an error of the disk. */
  public void remountReadOnly() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", directory.toString())).isTrue();
  }

  /** Undoes {@link #remountReadOnly}. */
  public void remountWritable() throws Exception {
    assertThat(run("mount", "-o", "remount,rw", directory.toString())).isTrue();
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() throws Exception {
    assertThat(run("umount", directory.toString())).as("%s unmounted", directory).isTrue();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
