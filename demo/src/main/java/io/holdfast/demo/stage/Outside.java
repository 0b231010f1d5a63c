package io.holdfast.demo.stage;

import io.holdfast.demo.truth.TradeCount;
import io.holdfast.demo.truth.TradeLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Looks at the sample system directly, past Holdfast. */
final class Outside implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2000;
  private static final Duration FILE_TOO_OLD = Duration.ofSeconds(5);

  private final TradeLog trades;
  private final Place place;
  private final Path certificateAuthority;
  private final Function<String, Path> collected;

  /**
   * @param collected the file of a host's data collector
   */
  Outside(
      TradeLog trades, Place place, Path certificateAuthority, Function<String, Path> collected) {
    this.trades = trades;
    this.place = place;
    this.certificateAuthority = certificateAuthority;
    this.collected = collected;
  }

  /** What is wrong with a service on a host; empty: it does its work. */
  String problem(String service, String host) {
    try {
      String address = place.address(host);
      return switch (service) {
        case "database" -> countTrades().trades() > 0 ? "" : "database: the trade log is empty";
        case "api_server" -> page(service, address, Place.API_SERVER_PORT, "/health");
        case "trading_engine" -> page(service, address, Place.ENGINE_PORT, "/health");
        case "web_ui" -> page(service, address, Place.WEB_UI_PORT, "/");
        case "data_collector" -> file(collected.apply(host));
        default -> service + ": the demo does not know how to look at it";
      };
    } catch (IOException | SQLException failed) {
      return service + " on " + host + ": " + failed.getMessage();
    }
  }

  synchronized TradeCount countTrades() throws SQLException {
    return trades.count();
  }

  int status(URI address) throws IOException {
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(trust().getSocketFactory());
    }
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public synchronized void close() {
    trades.close();
  }

  private String page(String service, String address, int port, String path) throws IOException {
    URI uri = URI.create("http://" + address + ":" + port + path);
    int status = status(uri);
    return status == 200 ? "" : service + ": " + uri + " answers " + status;
  }

  private static String file(Path file) throws IOException {
    if (Files.notExists(file)) {
      return "data_collector: there is no " + file;
    }
    Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    return age.compareTo(FILE_TOO_OLD) <= 0
        ? ""
        : "data_collector: " + file + " is " + age.toSeconds() + " s old";
  }

  private SSLContext trust() throws IOException {
    try (InputStream in = Files.newInputStream(certificateAuthority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "demo", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot trust " + certificateAuthority + ": " + e.getMessage(), e);
    }
  }
}
