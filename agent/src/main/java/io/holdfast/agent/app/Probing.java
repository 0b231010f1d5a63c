package io.holdfast.agent.app;

import io.holdfast.agent.act.Job;
import io.holdfast.agent.observe.Prober;
import io.holdfast.agent.observe.Probers;
import io.holdfast.agent.observe.postgres.PostgresConnection;
import io.holdfast.agent.observe.postgres.PostgresProbe;
import io.holdfast.agent.observe.probe.FileAgeProbe;
import io.holdfast.agent.observe.probe.HttpProbe;
import io.holdfast.agent.observe.probe.LocalAddress;
import io.holdfast.agent.observe.probe.TcpProbe;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.Secret;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The probes of this host, as its configuration allows them. */
final class Probing {

  private Probing() {}

  static Prober of(Vertx vertx, AgentConfig config, Job jobs) {
    LocalAddress local = new LocalAddress(config.localAddress());
    Map<String, PostgresConnection> connections = new LinkedHashMap<>();
    config
        .connections()
        .forEach((name, connection) -> connections.put(name, connection(connection)));
    return new Probers(
        vertx,
        new TcpProbe(vertx, local),
        new HttpProbe(vertx, local),
        new FileAgeProbe(config.paths(), InstantSource.system()),
        new PostgresProbe(vertx, connections),
        new WriteCheck(jobs, JobTasks.of(config.jobs())));
  }

  private static PostgresConnection connection(AgentConfig.Connection connection) {
    return new PostgresConnection(
        connection.host(),
        connection.port(),
        connection.database(),
        connection.user(),
        () -> connection.password().map(Secret::reveal).orElse(""));
  }
}
