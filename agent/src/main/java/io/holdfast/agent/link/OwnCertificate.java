package io.holdfast.agent.link;

import io.holdfast.wire.PeerIdentity;
import io.holdfast.wire.pem.PemText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * This host's certificate, key and CA as they are on disk now.
 *
 * @param life from its first instant to its last
 * @param problem why a collector will most likely refuse the certificate: a collector's alert does
 *     not say so, and by this message it is known at the place where it can be mended
 */
record OwnCertificate(
    Buffer certificate, Buffer key, Buffer ca, Duration life, Optional<Problem> problem) {

  /**
   * What is wrong with it.
   *
   * @param brief in a few words
   * @param message a sentence that names the file and says what to do
   */
  record Problem(String brief, String message) {}

  /**
   * Reads the files.
   *
   * @throws IOException when one cannot be read or holds no certificate; the message is for people
   */
  static OwnCertificate load(TlsFiles files, String host, Instant now) throws IOException {
    PemText certificate = read("tls.certificate", files.certificate());
    PemText key = read("tls.key", files.key());
    PemText ca = read("tls.ca", files.ca());
    List<X509Certificate> chain = parse("tls.certificate", files.certificate(), certificate);
    Optional<Problem> problem = problem(files, host, now, chain, parse("tls.ca", files.ca(), ca));
    String secret =
        key.keyText()
            .orElseThrow(
                () -> new IOException("tls.key: " + files.key() + " holds no key (PRIVATE KEY)"));
    return new OwnCertificate(
        Buffer.buffer(certificate.certificateText()),
        Buffer.buffer(secret),
        Buffer.buffer(ca.certificateText()),
        life(chain.getFirst()),
        problem);
  }

  /** What signs the collectors' certificates. */
  static Buffer readCa(TlsFiles files) throws IOException {
    PemText ca = read("tls.ca", files.ca());
    parse("tls.ca", files.ca(), ca);
    return Buffer.buffer(ca.certificateText());
  }

  static Duration life(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static PemText read(String what, Path file) throws IOException {
    try {
      return new PemText(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException(
          what
              + ": there is no file "
              + file
              + " (is this host enrolled? holdfast-agent enrol AGENT_YAML --collector HOST:8443"
              + " --token-file FILE)",
          e);
    } catch (IOException e) {
      throw new IOException(what + ": cannot read " + file + ": " + e, e);
    }
  }

  private static List<X509Certificate> parse(String what, Path file, PemText pem)
      throws IOException {
    try {
      return pem.certificates();
    } catch (CertificateException e) {
      throw new IOException(what + ": " + file + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Problem> problem(
      TlsFiles files,
      String host,
      Instant now,
      List<X509Certificate> chain,
      List<X509Certificate> authorities) {
    X509Certificate own = chain.getFirst();
    String name = "this host's certificate " + files.certificate();
    try {
      own.checkValidity(Date.from(now));
      PeerIdentity identity = PeerIdentity.of(own);
      if (!identity.equals(new PeerIdentity.HostIdentity(host))) {
        return wrong("is another's", name + " is for " + identity + ", and this host is " + host);
      }
    } catch (CertificateExpiredException e) {
      return wrong(
          "has expired",
          name
              + " expired on "
              + own.getNotAfter().toInstant()
              + "; for a new one an admin types: holdfast certificates token "
              + host
              + ", and then here: holdfast-agent enrol AGENT_YAML --collector HOST:8443"
              + " --token-file FILE");
    } catch (CertificateNotYetValidException e) {
      return wrong(
          "does not hold yet", name + " holds only from " + own.getNotBefore().toInstant());
    } catch (CertificateException e) {
      return wrong("names nobody", name + ": " + e.getMessage());
    }
    X509Certificate top = chain.getLast();
    boolean signed =
        authorities.stream().anyMatch(authority -> authority.equals(top) || signs(authority, top));
    return signed
        ? Optional.empty()
        : wrong("is of another CA", name + " is not signed by the CA in " + files.ca());
  }

  private static Optional<Problem> wrong(String what, String message) {
    return Optional.of(new Problem("this host's certificate " + what, message));
  }

  private static boolean signs(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
