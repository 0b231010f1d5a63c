package io.holdfast.wire.pem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * A file that holds a certificate, its chain and its key, and is replaced as a whole: at every
 * instant there is the old one or the new one.
 */
public record CredentialFile(Path file) {
  private static final Set<StandardOpenOption> FRESH =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * The certificates in it, its own first.
   *
   * @throws NoSuchFileException when there is no such file
   * @throws IOException when it cannot be read, or a certificate in it cannot
   */
  public List<X509Certificate> certificates() throws IOException {
    try {
      return new PemText(Files.readString(file)).certificates();
    } catch (CertificateException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Replaces the file; readable by its owner alone, who is the owner of its directory.
   *
   * @throws IOException when that is not possible; the old file is as it was
   */
  public void replace(List<X509Certificate> chain, PrivateKey key) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = above(target);
    makeDirectory(directory);
    Path fresh = directory.resolve(target.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      write(fresh, PemText.of(chain) + PemText.of(key));
      giveToOwnerOf(directory, fresh);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate cannot be written: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static Path above(Path path) {
    return path.resolve("..").normalize();
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      giveToOwnerOf(above(directory), directory);
    }
  }

  private static void write(Path fresh, String text) throws IOException {
    // Never readable by others, not even for an instant: the mode is given at creation.
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            FRESH,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(StandardCharsets.US_ASCII.encode(text));
      channel.force(true);
    }
  }

  /** Root may enrol a host; the agent that runs as another user must be able to read the file. */
  private static void giveToOwnerOf(Path directory, Path made) throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(directory, PosixFileAttributes.class);
    PosixFileAttributes now =
        Files.readAttributes(made, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!now.owner().equals(wanted.owner())) {
      PosixFileAttributeView view =
          Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setOwner(wanted.owner());
      view.setGroup(wanted.group());
    }
  }
}
