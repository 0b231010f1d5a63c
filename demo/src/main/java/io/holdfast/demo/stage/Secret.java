package io.holdfast.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Throw-away passwords. */
final class Secret {

  private Secret() {}

  /** Puts a new password into a new file that only its owner can read. */
  static String write(Path file) {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    String password = HexFormat.of().formatHex(bytes);
    try {
      Files.createFile(file, RunFolder.permissions("rw-------"));
      Files.writeString(file, password + "\n");
      return password;
    } catch (IOException e) {
      throw StageException.failed("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
