package io.holdfast.agent.link;

import io.holdfast.wire.PeerIdentity;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;

/**
 * This host's certificate, key and CA as they are on disk now.
 *
 * @param problem why a collector will most likely refuse the certificate: a collector's alert does
 *     not say so, and by this message it is known at the place where it can be mended
 */
record OwnCertificate(Buffer certificate, Buffer key, Buffer ca, Optional<String> problem) {

  /**
   * Reads the files.
   *
   * @throws IOException when one cannot be read or holds no certificate; the message is for people
   */
  static OwnCertificate load(TlsFiles files, String host, Instant now) throws IOException {
    byte[] certificate = read("tls.certificate", files.certificate());
    byte[] key = read("tls.key", files.key());
    byte[] ca = read("tls.ca", files.ca());
    Optional<String> problem =
        problem(
            files,
            host,
            now,
            parse("tls.certificate", files.certificate(), certificate),
            parse("tls.ca", files.ca(), ca));
    return new OwnCertificate(
        Buffer.buffer(certificate), Buffer.buffer(key), Buffer.buffer(ca), problem);
  }

  private static byte[] read(String what, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(what + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException(what + ": cannot read " + file + ": " + e, e);
    }
  }

  private static Collection<X509Certificate> parse(String what, Path file, byte[] pem)
      throws IOException {
    try {
      @SuppressWarnings("unchecked")
      Collection<X509Certificate> certificates =
          (Collection<X509Certificate>)
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem));
      if (certificates.isEmpty()) {
        throw new IOException(what + ": " + file + " holds no certificate");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException(what + ": " + file + " is no PEM certificate: " + e.getMessage(), e);
    }
  }

  private static Optional<String> problem(
      TlsFiles files,
      String host,
      Instant now,
      Collection<X509Certificate> chain,
      Collection<X509Certificate> authorities) {
    X509Certificate own = chain.iterator().next();
    String name = "this host's certificate " + files.certificate();
    try {
      own.checkValidity(Date.from(now));
      PeerIdentity identity = PeerIdentity.of(own);
      if (!identity.equals(new PeerIdentity.HostIdentity(host))) {
        return Optional.of(name + " is for " + identity + ", and this host is " + host);
      }
    } catch (CertificateExpiredException e) {
      return Optional.of(name + " expired on " + own.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      return Optional.of(name + " holds only from " + own.getNotBefore().toInstant());
    } catch (CertificateException e) {
      return Optional.of(name + ": " + e.getMessage());
    }
    boolean signed =
        chain.size() > 1 || authorities.stream().anyMatch(authority -> signs(authority, own));
    return signed
        ? Optional.empty()
        : Optional.of(name + " is not signed by the CA in " + files.ca());
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
