package io.holdfast.pki;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys as PEM files. */
final class PemFiles {
  private static final String KEY_MODE = "rw-------";
  private static final String CERTIFICATE_MODE = "rw-r--r--";

  private PemFiles() {}

  static void writeKey(Path file, PrivateKey key) {
    try {
      // Never readable by others, not even for an instant: the mode is given at creation.
      write(file, new JcaPKCS8Generator(key, null), KEY_MODE);
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  static void writeCertificate(Path file, X509Certificate certificate) {
    try {
      write(file, certificate, CERTIFICATE_MODE);
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  private static void write(Path file, Object content, String mode) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      channel.write(StandardCharsets.US_ASCII.encode(text.toString()));
    }
  }

  static X509Certificate readCertificate(Path file) {
    if (read(file) instanceof X509CertificateHolder holder) {
      try {
        return new JcaX509CertificateConverter().getCertificate(holder);
      } catch (CertificateException e) {
        throw new PkiException(file + ": not a certificate that can be read: " + e.getMessage(), e);
      }
    }
    throw new PkiException(file + ": no certificate (BEGIN CERTIFICATE) at its beginning");
  }

  /** All certificates of a file, at least one. */
  static List<X509Certificate> readCertificates(Path file) {
    List<X509Certificate> all = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof X509CertificateHolder holder) {
          all.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
      }
    } catch (IOException e) {
      throw failed("read", file, e);
    } catch (CertificateException e) {
      throw new PkiException(file + ": not a certificate that can be read: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new PkiException(file + ": no certificate (BEGIN CERTIFICATE) in it");
    }
    return all;
  }

  static PrivateKey readKey(Path file) {
    return key(read(file), file.toString());
  }

  /** The same from a text; {@code name} stands for the file in messages. */
  static PrivateKey parseKey(String text, String name) {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      return key(parser.readObject(), name);
    } catch (IOException e) {
      throw new PkiException(name + ": not a key that can be read", e);
    }
  }

  private static PrivateKey key(Object content, String name) {
    if (content instanceof PrivateKeyInfo info) {
      try {
        return new JcaPEMKeyConverter().getPrivateKey(info);
      } catch (IOException e) {
        throw new PkiException(name + ": not a key that can be read: " + e.getMessage(), e);
      }
    }
    throw new PkiException(name + ": no PKCS#8 key (BEGIN PRIVATE KEY) at its beginning");
  }

  private static Object read(Path file) {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      return parser.readObject();
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  private static PkiException failed(String what, Path file, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return new PkiException(file + ": is there already and is not overwritten", e);
    }
    String why =
        e.getMessage() == null || e.getMessage().equals(file.toString())
            ? e.getClass().getSimpleName()
            : e.getMessage();
    return new PkiException("cannot " + what + " " + file + ": " + why, e);
  }
}
