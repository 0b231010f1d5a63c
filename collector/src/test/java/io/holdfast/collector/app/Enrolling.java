package io.holdfast.collector.app;

import com.google.protobuf.ByteString;
import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.IssuedCertificate;
import io.holdfast.pki.Validity;
import io.holdfast.proto.v1.CertificatesGrpcClient;
import io.holdfast.proto.v1.CreateTokenRequest;
import io.holdfast.proto.v1.EnrolRequest;
import io.holdfast.proto.v1.EnrolResponse;
import io.holdfast.proto.v1.EnrolmentGrpcClient;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.wire.pem.CredentialFile;
import io.holdfast.wire.pem.KeyProof;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.client.GrpcClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A collector that is an authority, an admin of it, and a host that has no certificate yet. */
final class Enrolling implements AutoCloseable {
  private final Vertx vertx;
  final CollectorProcess collector;
  final CertificateAuthority intermediate;
  final Path hostPem;
  private GrpcClient admin;

  /** Vert.x closes clients that are garbage. */
  private final List<HttpClient> browsers = new ArrayList<>();

  Enrolling(Vertx vertx, Path directory) throws IOException {
    this.vertx = vertx;
    this.collector = new CollectorProcess(vertx, directory);
    CertificateAuthority root =
        CertificateAuthority.load(collector.pki.resolve("ca.crt"), collector.pki.resolve("ca.key"));
    this.intermediate = root.intermediate("site", Validity.days(60));
    intermediate.writeTo(collector.pki, "intermediate");
    Path config = directory.resolve("collector.yaml");
    Files.writeString(
        config,
        Files.readString(config)
                .replace("pki/collectors/collector-1.crt", "tls/collector.pem")
                .replace("pki/collectors/collector-1.key", "tls/collector.pem")
            + """
            authority:
              certificate: pki/intermediate.crt
              key: "${file:pki/intermediate.key}"
              addresses: [127.0.0.1]
            """);
    this.hostPem = directory.resolve("trade-a/tls/host.pem");
  }

  /** The agent of trade-a, whose certificate is {@link #hostPem}. */
  AgentProcess agent() throws IOException {
    AgentProcess agent = new AgentProcess(collector, "trade-a", "trade-a");
    Files.writeString(
        agent.config(),
        Files.readString(agent.config())
            .replace("../pki/hosts/trade-a.crt", "tls/host.pem")
            .replace("../pki/hosts/trade-a.key", "tls/host.pem"));
    return agent;
  }

  private HttpClientOptions client() {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(
            new PemTrustOptions().addCertPath(collector.pki.resolve("ca.crt").toString()));
  }

  GrpcClient as(String role) {
    Path file = collector.pki.resolve("operators/" + role);
    return GrpcClient.client(
        vertx,
        client()
            .setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(file + ".crt").addKeyPath(file + ".key")));
  }

  /** What a browser has that was given that operator's certificate. */
  HttpClient browser(String role) {
    Path file = collector.pki.resolve("operators/" + role);
    HttpClient made =
        vertx.createHttpClient(
            client()
                .setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(file + ".crt").addKeyPath(file + ".key")));
    browsers.add(made);
    return made;
  }

  CertificatesGrpcClient admin() {
    if (admin == null) {
      admin = as("admin");
    }
    return CertificatesGrpcClient.create(admin, collector.address());
  }

  String token(String host) throws Exception {
    return admin()
        .createToken(CreateTokenRequest.newBuilder().setHost(host).build())
        .await(20, TimeUnit.SECONDS)
        .getToken();
  }

  /** Asks as a host does, with a new key. */
  Future<EnrolResponse> enrol(String host, String token) {
    KeyPair key = KeyProof.newKey();
    GrpcClient anonymous = GrpcClient.client(vertx, client());
    return EnrolmentGrpcClient.create(anonymous, collector.address())
        .enrol(
            EnrolRequest.newBuilder()
                .setHost(host)
                .setToken(token)
                .setPublicKey(ByteString.copyFrom(key.getPublic().getEncoded()))
                .setProof(ByteString.copyFrom(KeyProof.ENROLMENT.sign(host, key)))
                .build())
        .eventually(anonymous::close);
  }

  /** Runs {@code holdfast-agent enrol}; what it says, after its exit code. */
  String enrolCommand(AgentProcess agent, String token, String... more) throws Exception {
    Path file = Files.writeString(collector.file("token"), token + "\n");
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + AgentProcess.OPTIONS,
                "-cp",
                System.getProperty("java.class.path"),
                "io.holdfast.agent.app.AgentMain",
                "enrol",
                agent.config().toString(),
                "--collector",
                "127.0.0.1:" + collector.apiPort,
                "--token-file",
                file.toString()));
    words.addAll(List.of(more));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    return process.waitFor() + " " + said;
  }

  /** Gives the host a certificate of the cluster that holds at that time. */
  void giveHost(String name, Validity validity) throws IOException {
    IssuedCertificate issued =
        intermediate.issue(CertificateRequest.host(name).withValidity(validity));
    new CredentialFile(hostPem)
        .replace(List.of(issued.certificate(), intermediate.certificate()), issued.key());
  }

  HostStatus host() throws Exception {
    return collector.status().getHosts(0);
  }

  @Override
  public void close() throws Exception {
    collector.close();
  }
}
