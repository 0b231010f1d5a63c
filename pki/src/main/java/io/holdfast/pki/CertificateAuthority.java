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

  /** A new authority that signs itself. */
  public static CertificateAuthority create(String commonName, Validity validity) {
    KeyPair pair = newKeyPair();
    X500Name name = nameOf(commonName);
    try {
      X509v3CertificateBuilder builder = builder(name, name, validity, pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new CertificateAuthority(
          new IssuedCertificate(sign(builder, pair.getPrivate()), pair.getPrivate()));
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
    X509Certificate certificate = PemFiles.readCertificate(certificateFile);
    PrivateKey key = PemFiles.readKey(keyFile);
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
    try {
      X509v3CertificateBuilder builder =
          builder(name, nameOf(request.commonName()), request.validity(), pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes(request));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(identity.certificate()));
      List<GeneralName> names = alternativeNames(request);
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return new IssuedCertificate(sign(builder, identity.key()), pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new PkiException(
          "cannot issue a certificate for " + request.commonName() + ": " + e.getMessage(), e);
    }
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
      X500Name issuer, X500Name subject, Validity validity, PublicKey key)
      throws IOException, GeneralSecurityException {
    BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
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

  private void proveThatKeyBelongs(Path certificateFile, Path keyFile) {
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
