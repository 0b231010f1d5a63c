package io.holdfast.wire.pem;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PEM blocks of a file: certificates and keys may stand in one, in any order. */
public final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?<label>[A-Z0-9 ]{1,40})-----\\s[A-Za-z0-9+/=\\s]*-----END \\k<label>-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final int LINE = 64;

  private final List<Block> blocks = new ArrayList<>();

  private record Block(String label, String text) {}

  /** Finds the blocks; what stands between them is for people. */
  public PemText(String text) {
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group("label"), matcher.group()));
    }
  }

  /** The certificates' blocks, in their order; empty text when there is none. */
  public String certificateText() {
    return text(block -> block.equals(CERTIFICATE));
  }

  /** The private key's block; empty: there is none. */
  public Optional<String> keyText() {
    return Optional.of(text(block -> block.endsWith(KEY))).filter(text -> !text.isEmpty());
  }

  private String text(Predicate<String> label) {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      if (label.test(block.label())) {
        text.append(block.text()).append('\n');
      }
    }
    return text.toString();
  }

  /**
   * The certificates, in their order.
   *
   * @throws CertificateException when there is none, or one cannot be read
   */
  public List<X509Certificate> certificates() throws CertificateException {
    String text = certificateText();
    if (text.isEmpty()) {
      throw new CertificateException("no certificate (BEGIN CERTIFICATE) in it");
    }
    Collection<? extends Certificate> parsed =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return parsed.stream().map(X509Certificate.class::cast).toList();
  }

  /** The certificates as a file holds them. */
  public static String of(List<X509Certificate> chain) throws CertificateEncodingException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(block(CERTIFICATE, certificate.getEncoded()));
    }
    return text.toString();
  }

  /** The key as a file holds it, PKCS#8. */
  public static String of(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der), label)
        .replace(System.lineSeparator(), "\n");
  }
}
