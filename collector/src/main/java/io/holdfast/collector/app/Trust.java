package io.holdfast.collector.app;

import io.holdfast.collector.door.Visas;
import io.holdfast.core.Moment;
import io.holdfast.pki.PkiException;
import io.holdfast.pki.SigningAuthority;
import io.holdfast.planfile.config.AuthorityConfig;
import io.holdfast.planfile.config.CollectorConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything about certificates, put together.
 *
 * @param visas whether a certificate is still good, by the ledger
 * @param own empty: the collector's certificate is somebody else's work
 */
record Trust(Issuer issuer, Visas visas, Optional<OwnCredential> own) {

  /**
   * Loads the authority that the configuration names; fails when peers would not accept it.
   *
   * @param replaced called on the loop when the collector has a new certificate
   */
  static Future<Trust> load(
      Context context,
      CollectorConfig config,
      Desk desk,
      Supplier<Moment> clock,
      Runnable replaced) {
    Visas visas =
        certificate -> desk.state().trust().rejection(certificate, clock.get().wallMillis());
    if (config.authority().isEmpty()) {
      Issuer none = new Issuer(context, desk, Optional.empty(), AuthorityConfig.DEFAULT_LIFETIME);
      return Future.succeededFuture(new Trust(none, visas, Optional.empty()));
    }
    AuthorityConfig settings = config.authority().get();
    return context
        .executeBlocking(() -> authority(settings))
        .map(
            authority -> {
              Issuer issuer =
                  new Issuer(context, desk, Optional.of(authority), settings.lifetime());
              return new Trust(
                  issuer,
                  visas,
                  Optional.of(
                      new OwnCredential(context, config, settings, authority, issuer, replaced)));
            });
  }

  private static SigningAuthority authority(AuthorityConfig settings) throws StartRefusedException {
    try {
      return SigningAuthority.load(
          settings.certificate(),
          settings.key().reveal(),
          "authority.key",
          settings.ca(),
          Instant.now());
    } catch (PkiException e) {
      throw new StartRefusedException("authority: " + e.getMessage());
    }
  }
}
