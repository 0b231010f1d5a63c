package io.holdfast.collector.api;

import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.core.trust.TrustRequest;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.List;

/** Decides and records what is asked about tokens and certificates. */
public interface TrustSink {

  /**
   * A host's first certificate.
   *
   * @param publicKey SubjectPublicKeyInfo in DER
   * @param proof that the caller has its key
   * @return after the commit, the certificate and those between it and the root; fails with {@link
   *     io.holdfast.core.trust.DeniedException}, or with another when it could not be recorded
   */
  Future<List<X509Certificate>> enrol(String host, String token, byte[] publicKey, byte[] proof);

  /**
   * An operator's request.
   *
   * @return after the commit; fails only when it could not be recorded
   */
  Future<TrustAnswer> decide(TrustRequest request);
}
