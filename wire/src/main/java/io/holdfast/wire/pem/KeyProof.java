package io.holdfast.wire.pem;

import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * Proves that who asks for a certificate has its key: a signature over what it is for, the host's
 * name and the public key, so that it is of no use for anything else.
 */
public enum KeyProof {
  /** Of a host's first certificate. */
  ENROLMENT("holdfast enrolment 1"),
  /** Of a host's next certificate. */
  RENEWAL("holdfast renewal 1");

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String CURVE = "secp256r1";

  /** No P-256 key in DER and no signature by one is longer. */
  private static final int MAX_BYTES = 256;

  private final String purpose;

  KeyProof(String purpose) {
    this.purpose = purpose;
  }

  /** A new key, EC P-256. */
  public static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make P-256 keys", e);
    }
  }

  /** The proof for that host, by that key. */
  public byte[] sign(String host, KeyPair key) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(key.getPrivate());
      cover(signature, host, key.getPublic().getEncoded());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with P-256 keys", e);
    }
  }

  /**
   * The key, whose holder has asked.
   *
   * @param publicKey SubjectPublicKeyInfo in DER
   * @throws GeneralSecurityException when it is no P-256 key, or the proof is not of it; the
   *     message says which
   */
  public PublicKey verify(String host, byte[] publicKey, byte[] proof)
      throws GeneralSecurityException {
    if (publicKey.length > MAX_BYTES || proof.length > MAX_BYTES) {
      throw new InvalidKeyException("public_key or proof is longer than " + MAX_BYTES + " bytes");
    }
    PublicKey key;
    try {
      key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey));
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException("public_key is no EC key in DER", e);
    }
    if (!isOnCurve(key) || !Arrays.equals(key.getEncoded(), publicKey)) {
      throw new InvalidKeyException("public_key is not of the curve P-256");
    }
    Signature signature = Signature.getInstance(SIGNATURE);
    signature.initVerify(key);
    cover(signature, host, publicKey);
    boolean proven;
    try {
      proven = signature.verify(proof);
    } catch (SignatureException e) {
      proven = false;
    }
    if (!proven) {
      throw new SignatureException("proof is not a signature by public_key for host " + host);
    }
    return key;
  }

  private static boolean isOnCurve(PublicKey key) throws GeneralSecurityException {
    AlgorithmParameters expected = AlgorithmParameters.getInstance("EC");
    expected.init(new ECGenParameterSpec(CURVE));
    var curve = expected.getParameterSpec(ECParameterSpec.class).getCurve();
    return key instanceof ECPublicKey ec && ec.getParams().getCurve().equals(curve);
  }

  private void cover(Signature signature, String host, byte[] publicKey) throws SignatureException {
    for (String part : new String[] {purpose, host}) {
      signature.update(part.getBytes(StandardCharsets.UTF_8));
      signature.update((byte) 0);
    }
    signature.update(publicKey);
  }
}
