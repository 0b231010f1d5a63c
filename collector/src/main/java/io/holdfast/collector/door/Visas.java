package io.holdfast.collector.door;

import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.Rejection;
import java.util.Optional;

/** Whether a certificate that TLS accepted is still good: asked often, so it must be quick. */
@FunctionalInterface
public interface Visas {
  /** Every certificate is good that TLS accepts. */
  Visas ALL = certificate -> Optional.empty();

  /** Why not; empty: it is good. May be called from any thread. */
  Optional<Rejection> rejection(PresentedCertificate certificate);
}
