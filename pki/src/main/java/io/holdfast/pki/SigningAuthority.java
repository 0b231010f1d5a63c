package io.holdfast.pki;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An authority that a running program signs with: checked to be what peers will trust. Safe for use
 * by several threads.
 */
public final class SigningAuthority {
  /** An authority that ends sooner is worth a warning. */
  public static final Duration NEAR_ITS_END = Duration.ofDays(30);

  /** For the sake of clocks that differ a little, certificates begin earlier by this. */
  public static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

  private final CertificateAuthority authority;
  private final List<X509Certificate> chain;

  private SigningAuthority(CertificateAuthority authority, List<X509Certificate> chain) {
    this.authority = authority;
    this.chain = List.copyOf(chain);
  }

  /**
   * Loads it.
   *
   * @param certificateFile its certificate, and those between it and the root
   * @param keyText PKCS#8 in PEM
   * @param keyName where the text is from, for messages
   * @param ca the roots that peers trust
   * @throws PkiException when peers would not accept what it signs; the message says why and what
   *     to do
   */
  public static SigningAuthority load(
      Path certificateFile, String keyText, String keyName, Path ca, Instant now) {
    CertificateAuthority authority = CertificateAuthority.load(certificateFile, keyText, keyName);
    List<X509Certificate> path = PemFiles.readCertificates(certificateFile);
    List<X509Certificate> roots = PemFiles.readCertificates(ca);
    if (!maySign(authority.certificate())) {
      throw new PkiException(
          certificateFile + ": its key usage does not allow to sign certificates");
    }
    List<X509Certificate> below = path.stream().filter(each -> !roots.contains(each)).toList();
    requireChain(certificateFile, below, roots, ca, now);
    return new SigningAuthority(authority, below);
  }

  private static boolean maySign(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    int keyCertSign = 5;
    return usage == null || usage[keyCertSign];
  }

  private static void requireChain(
      Path file, List<X509Certificate> below, List<X509Certificate> roots, Path ca, Instant now) {
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
    } catch (CertPathValidatorException e) {
      throw new PkiException(
          file
              + " does not chain to a certificate in "
              + ca
              + ": "
              + e.getMessage()
              + "; put the intermediate that this CA signed there, or the root that signed the"
              + " intermediate into "
              + ca,
          e);
    } catch (GeneralSecurityException e) {
      throw new PkiException(file + ": cannot be checked against " + ca + ": " + e.getMessage(), e);
    }
  }

  /** After this instant nothing that it signed is accepted. */
  public Instant ends() {
    return chain.stream()
        .map(each -> each.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElse(authority.certificate().getNotAfter().toInstant());
  }

  /** What goes with each certificate that it signs: its own, up to and without the root. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Whether a certificate is one that this authority signed.
   *
   * @param certificate any
   */
  public boolean signed(X509Certificate certificate) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The certificate of an agent, for a key that was made on its host. */
  public X509Certificate host(String name, PublicKey key, BigInteger serial, Validity validity) {
    return authority.certify(CertificateRequest.host(name).withValidity(validity), key, serial);
  }

  /** The certificate of a collector, for a key that it made. */
  public X509Certificate collector(
      String name, List<String> addresses, PublicKey key, BigInteger serial, Validity validity) {
    return authority.certify(
        CertificateRequest.collector(name, addresses).withValidity(validity), key, serial);
  }
}
