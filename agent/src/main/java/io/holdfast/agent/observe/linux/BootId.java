package io.holdfast.agent.observe.linux;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The kernel's name for this boot of the host: another one after each restart. */
public final class BootId {
  private BootId() {}

  /**
   * Of this host, as the kernel writes it: a UUID.
   *
   * @throws UncheckedIOException if the kernel does not tell
   */
  public static String read() {
    return read(new KernelFiles(Path.of("/")));
  }

  static String read(KernelFiles files) {
    return files.text("proc/sys/kernel/random/boot_id").strip();
  }
}
