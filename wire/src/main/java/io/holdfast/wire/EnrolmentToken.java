package io.holdfast.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A one-time token: 256 random bits that nobody can guess.
 *
 * @param text what the operator gives to the host
 */
public record EnrolmentToken(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** What tells a token from other secrets. */
  private static final String PREFIX = "hft-";

  /** A new one. */
  public static EnrolmentToken fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new EnrolmentToken(PREFIX + HexFormat.of().formatHex(bytes));
  }

  /** What the ledger keeps of it: SHA-256, 64 hexadecimal digits. */
  public String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
