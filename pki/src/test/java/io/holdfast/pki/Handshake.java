package io.holdfast.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS connection over loopback in which each end asks for the other's certificate. */
final class Handshake {
  private static final char[] NO_PASSWORD = new char[0];
  private static final int MILLIS = 10_000;

  private Handshake() {}

  /** Gives the certificate that the server saw; throws what either end refused. */
  static X509Certificate between(
      IssuedCertificate server, IssuedCertificate client, X509Certificate trusted, String checkName)
      throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context(server, trusted).getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      listening.setNeedClientAuth(true);
      listening.setSoTimeout(MILLIS);
      CompletableFuture<X509Certificate> seen =
          CompletableFuture.supplyAsync(() -> accept(listening));
      connect(context(client, trusted), listening.getLocalPort(), checkName);
      return seen.get(MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static X509Certificate accept(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(MILLIS);
      socket.startHandshake();
      X509Certificate peer = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      socket.getOutputStream().write(1);
      return peer;
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static void connect(SSLContext context, int port, String checkName) throws IOException {
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
      socket.setSoTimeout(MILLIS);
      // Connecting to the address, checking the name: as a resolver would have it.
      InetAddress named =
          InetAddress.getByAddress(checkName, InetAddress.getByName("127.0.0.1").getAddress());
      socket.connect(new InetSocketAddress(named, port), MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      if (socket.getInputStream().read() != 1) {
        throw new IOException("the server closed the connection");
      }
    }
  }

  private static SSLContext context(IssuedCertificate own, X509Certificate trusted)
      throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", own.key(), NO_PASSWORD, new X509Certificate[] {own.certificate()});
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, NO_PASSWORD);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", trusted);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  static IssuedCertificate read(Path directory, String name) {
    return new IssuedCertificate(
        PemFiles.readCertificate(directory.resolve(name + ".crt")),
        PemFiles.readKey(directory.resolve(name + ".key")));
  }
}
