package io.holdfast.agent.observe.probe;

import io.holdfast.agent.observe.NetworkFailure;
import io.holdfast.agent.observe.ProbeKind;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;

/** Passes when the port accepts a connection, which is closed at once. */
public final class TcpProbe implements ProbeKind<Probe.Tcp> {
  private final NetClient client;
  private final LocalAddress localAddress;

  /** Connects through {@code vertx}. */
  public TcpProbe(Vertx vertx, LocalAddress localAddress) {
    this.client = vertx.createNetClient();
    this.localAddress = localAddress;
  }

  @Override
  public void start(Probe.Tcp probe, ProbeRun run) {
    String host = localAddress.resolve(probe.host());
    String peer = host + ":" + probe.port();
    run.stage("connecting to " + peer);
    client
        .connect(
            new ConnectOptions()
                .setHost(host)
                .setPort(probe.port())
                .setTimeout(Math.toIntExact(run.timeout().toMillis())))
        .onSuccess(
            socket -> {
              run.closeAtEnd(socket::close);
              run.passed();
            })
        .onFailure(e -> NetworkFailure.answer(run, e, peer, ReasonCode.UNREACHABLE));
  }
}
