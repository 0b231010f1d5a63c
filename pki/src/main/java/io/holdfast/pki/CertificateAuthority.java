package io.holdfast.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Issues certificates (EC P-256, ECDSA with SHA-256). Safe for use by several threads. */
public final class CertificateAuthority {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 127;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final IssuedCertificate identity;
  private final X500Name name;

  private CertificateAuthority(IssuedCertificate identity) {
    this.identity = identity;
    this.name = X500Name.getInstance(identity.certificate().getSubjectX500Principal().getEncoded());
  }

  /** A new authority that signs itself; it may have intermediates, and these no others. */
  public static CertificateAuthority create(String commonName, Validity validity) {
    KeyPair pair = newKeyPair();
    return authority(
        nameOf(commonName), commonName, validity, 1, pair, pair.getPrivate(), Optional.empty());
  }

  /** A new authority that this one signs; it signs no other authorities. */
  public CertificateAuthority intermediate(String commonName, Validity validity) {
    return authority(
        name,
        commonName,
        validity,
        0,
        newKeyPair(),
        identity.key(),
        Optional.of(identity.certificate()));
  }

  private static CertificateAuthority authority(
      X500Name issuer,
      String commonName,
      Validity validity,
      int authoritiesBelow,
      KeyPair pair,
      PrivateKey signer,
      Optional<X509Certificate> above) {
    try {
      X509v3CertificateBuilder builder =
          builder(issuer, nameOf(commonName), validity, newSerial(), pair.getPublic());
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(authoritiesBelow));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (above.isPresent()) {
        addIssuer(builder, above.get());
      }
      return new CertificateAuthority(
          new IssuedCertificate(sign(builder, signer), pair.getPrivate()));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new PkiException("cannot make the authority " + commonName + ": " + e.getMessage(), e);
    }
  }

  /**
   * An authority from its files.
   *
   * @throws PkiException when a file is missing, is something else, or they do not belong together
   */
  public static CertificateAuthority load(Path certificateFile, Path keyFile) {
    return of(
        PemFiles.readCertificate(certificateFile),
        PemFiles.readKey(keyFile),
        certificateFile.toString(),
        keyFile.toString());
  }

  /**
   * An authority from the certificate in a file and the text of its key.
   *
   * @param keyText PKCS#8 in PEM
   * @param keyName where the text is from, for messages
   * @throws PkiException when one is something else, or they do not belong together
   */
  public static CertificateAuthority load(Path certificateFile, String keyText, String keyName) {
    return of(
        PemFiles.readCertificate(certificateFile),
        PemFiles.parseKey(keyText, keyName),
        certificateFile.toString(),
        keyName);
  }

  private static CertificateAuthority of(
      X509Certificate certificate, PrivateKey key, String certificateFile, String keyFile) {
    if (certificate.getBasicConstraints() < 0) {
      throw new PkiException(certificateFile + ": is not the certificate of an authority");
    }
    CertificateAuthority authority =
        new CertificateAuthority(new IssuedCertificate(certificate, key));
    authority.proveThatKeyBelongs(certificateFile, keyFile);
    return authority;
  }

  /** What others must trust. */
  public X509Certificate certificate() {
    return identity.certificate();
  }

  /** Writes {@code NAME.crt} and {@code NAME.key}. */
  public void writeTo(Path directory, String fileName) {
    identity.writeTo(directory, fileName);
  }

  /** A new key and its certificate. */
  public IssuedCertificate issue(CertificateRequest request) {
    KeyPair pair = newKeyPair();
    return new IssuedCertificate(
        certify(request, pair.getPublic(), newSerial()), pair.getPrivate());
  }

  /** A serial number that nobody can guess. */
  public static BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
  }

  /**
   * The certificate for a key that somebody else made and has proved to hold.
   *
   * @param serial positive and never used before
   */
  public X509Certificate certify(CertificateRequest request, PublicKey key, BigInteger serial) {
    try {
      X509v3CertificateBuilder builder =
          builder(name, nameOf(request.commonName()), request.validity(), serial, key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes(request));
      addIssuer(builder, identity.certificate());
      List<GeneralName> names = alternativeNames(request);
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return sign(builder, identity.key());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new PkiException(
          "cannot issue a certificate for " + request.commonName() + ": " + e.getMessage(), e);
    }
  }

  private static void addIssuer(X509v3CertificateBuilder builder, X509Certificate issuer)
      throws IOException, GeneralSecurityException {
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
  }

  private static ExtendedKeyUsage purposes(CertificateRequest request) {
    return new ExtendedKeyUsage(
        request.uses().stream().sorted().map(use -> use.purpose).toArray(KeyPurposeId[]::new));
  }

  private static List<GeneralName> alternativeNames(CertificateRequest request) {
    List<GeneralName> names = new ArrayList<>();
    request
        .uris()
        .forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    for (String address : request.addresses()) {
      int kind = IPAddress.isValid(address) ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(kind, address));
    }
    return names;
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, Validity validity, BigInteger serial, PublicKey key)
      throws IOException, GeneralSecurityException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(validity.notBefore()),
            Date.from(validity.notAfter()),
            subject,
            key);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return builder;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private void proveThatKeyBelongs(String certificateFile, String keyFile) {
    try {
      X509Certificate probe = issue(CertificateRequest.operator("probe")).certificate();
      probe.verify(identity.certificate().getPublicKey());
    } catch (GeneralSecurityException | PkiException e) {
      throw new PkiException(keyFile + ": is not the key of " + certificateFile, e);
    }
  }

  private static X500Name nameOf(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new PkiException("this Java cannot make P-256 keys: " + e.getMessage(), e);
    }
  }
}
