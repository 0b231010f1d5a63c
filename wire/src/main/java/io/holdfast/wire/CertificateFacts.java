package io.holdfast.wire;

import io.holdfast.core.trust.PresentedCertificate;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the ledger needs to know of a certificate. */
public final class CertificateFacts {
  private static final int RADIX = 16;
  private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,40}");

  private CertificateFacts() {}

  /**
   * The facts of a certificate whose chain the TLS layer has checked.
   *
   * @throws CertificateException when it names nobody that Holdfast knows
   */
  public static PresentedCertificate of(X509Certificate certificate) throws CertificateException {
    return new PresentedCertificate(
        serial(certificate.getSerialNumber()),
        PeerIdentity.of(certificate).toString(),
        certificate.getNotBefore().getTime(),
        certificate.getNotAfter().getTime());
  }

  /** As the ledger writes it: hexadecimal, lower case, without leading zeros. */
  public static String serial(BigInteger number) {
    return number.toString(RADIX);
  }

  /** The same from what a person copied, with colons or without; empty: it is no serial. */
  public static Optional<String> serial(String text) {
    String digits = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
    return Optional.of(digits.startsWith("0x") ? digits.substring(2) : digits)
        .filter(hex -> SERIAL.matcher(hex).matches())
        .map(hex -> serial(new BigInteger(hex, RADIX)));
  }
}
