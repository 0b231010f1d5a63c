package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file that a person wrote: UTF-8, at most 1 MiB. */
public final class SourceText {

  /** Longest file that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private SourceText() {}

  /** The file's text, or empty with the reason in {@code problems}. */
  public static Optional<String> read(Path file, Problems problems) {
    if (Files.isDirectory(file)) {
      problems.addForFile("this is a directory; a file is expected");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decode(in.readNBytes(MAX_BYTES + 1), problems);
    } catch (NoSuchFileException e) {
      problems.addForFile("there is no such file");
    } catch (AccessDeniedException e) {
      problems.addForFile("this file cannot be read: permission denied");
    } catch (IOException e) {
      problems.addForFile("this file cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Whether {@code text} is short enough; if not, {@code problems} says so. */
  public static boolean fits(byte[] bytes, Problems problems) {
    if (bytes.length <= MAX_BYTES) {
      return true;
    }
    problems.addForFile("this file is larger than 1 MiB, which is the most that is read");
    return false;
  }

  private static Optional<String> decode(byte[] bytes, Problems problems) {
    if (!fits(bytes, problems)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problems.addForFile("this file is not UTF-8 text" + firstBadLine(bytes));
      return Optional.empty();
    }
  }

  private static String firstBadLine(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].indexOf('\uFFFD') >= 0) {
        return ": the first byte that is not stands in line " + (i + 1) + "; save it as UTF-8";
      }
    }
    return "";
  }
}
