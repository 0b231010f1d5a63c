package io.holdfast.agent.observe.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the kernel's text files below a root directory, {@code /} on a host. Not for several
 * threads at once: it reuses one buffer.
 */
public final class KernelFiles {
  private static final int LARGEST = 1 << 20;

  private final Path root;
  private byte[] buffer = new byte[16 * 1024];

  /**
   * Reads below {@code root}.
   *
   * @param root the directory that holds {@code proc} and {@code sys}
   */
  public KernelFiles(Path root) {
    this.root = root;
  }

  /**
   * The text of a file that every Linux has, at most 1 MiB of it.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  String text(String path) {
    try {
      return read(path);
    } catch (IOException e) {
      throw new UncheckedIOException(root.resolve(path) + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The text of a file that may be absent or may refuse to be read, as those of hardware do. */
  Optional<String> textIfPresent(String path) {
    try {
      return Optional.of(read(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  private String read(String path) throws IOException {
    try (InputStream in = new FileInputStream(root.resolve(path).toFile())) {
      int length = 0;
      while (length < LARGEST) {
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, length, buffer.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
      return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }
  }
}
