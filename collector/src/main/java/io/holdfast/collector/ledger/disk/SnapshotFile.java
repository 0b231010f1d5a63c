package io.holdfast.collector.ledger.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.util.MD5FileUtil;

/**
 * A snapshot on disk: a header with length and checksum before the body, and beside it the digest
 * that Ratis expects.
 *
 * @param path named {@code snapshot.TERM_INDEX}
 * @param term of the last entry in it
 * @param index of the last entry in it
 */
public record SnapshotFile(Path path, long term, long index) {
  private static final long MAGIC = 0x4846_534E_4150_3031L; // "HFSNAP01"
  private static final int HEADER = 2 * Long.BYTES + Integer.BYTES;
  private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");

  /** The newest snapshot of a directory by its name; its content is not looked at. */
  public static Optional<SnapshotFile> newest(Path directory) throws IOException {
    SnapshotFile newest = null;
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "snapshot.*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          SnapshotFile found =
              new SnapshotFile(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
          newest = newest == null || found.index() > newest.index() ? found : newest;
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  /**
   * Writes the snapshot. Its digest is there before it has its name, so that no crash leaves a
   * snapshot without one; a digest without a snapshot harms nobody.
   *
   * @return the digest
   */
  public MD5Hash write(byte[] body) throws IOException {
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      ByteBuffer content = ByteBuffer.allocate(HEADER + body.length);
      content.putLong(MAGIC).putLong(body.length).putInt(checksum(body)).put(body);
      DurableFiles.write(temporary, content.array());
      MD5Hash digest = MD5FileUtil.computeMd5ForFile(temporary.toFile());
      MD5FileUtil.saveMD5File(path.toFile(), digest);
      DurableFiles.moveInto(temporary, path);
      return digest;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * The body, after its digest and its checksum were found right.
   *
   * @throws RefusedException when they are missing or wrong
   */
  public byte[] read() throws IOException {
    checkDigest();
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(path));
    if (content.remaining() < HEADER || content.getLong() != MAGIC) {
      throw damaged("it does not begin as a snapshot does");
    }
    long length = content.getLong();
    int expected = content.getInt();
    if (length != content.remaining()) {
      throw damaged("it has " + content.remaining() + " bytes of its " + length);
    }
    byte[] body = new byte[content.remaining()];
    content.get(body);
    if (checksum(body) != expected) {
      throw damaged("its checksum is wrong");
    }
    return body;
  }

  private void checkDigest() throws IOException {
    MD5Hash stored;
    try {
      stored = MD5FileUtil.readStoredMd5ForFile(path.toFile());
    } catch (IOException e) {
      throw damaged("its digest is unreadable (" + e.getMessage() + ")");
    }
    if (stored == null) {
      throw damaged("its digest " + path.getFileName() + ".md5 is missing");
    }
    if (!stored.equals(MD5FileUtil.computeMd5ForFile(path.toFile()))) {
      throw damaged("its content does not match its digest");
    }
  }

  /** The refusal of this snapshot for the reason {@code why}. */
  public RefusedException damaged(String why) {
    return new RefusedException("The ledger's snapshot " + path + " is damaged: " + why + ".");
  }

  private static int checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }
}
