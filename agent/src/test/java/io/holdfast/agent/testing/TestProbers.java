package io.holdfast.agent.testing;

import io.holdfast.agent.observe.Probers;
import io.holdfast.agent.observe.postgres.PostgresConnection;
import io.holdfast.agent.observe.postgres.PostgresProbe;
import io.holdfast.agent.observe.probe.FileAgeProbe;
import io.holdfast.agent.observe.probe.HttpProbe;
import io.holdfast.agent.observe.probe.LocalAddress;
import io.holdfast.agent.observe.probe.TcpProbe;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** All kinds of checks, put together as the agent does. */
public final class TestProbers {
  private TestProbers() {}

  /** Checks without anything configured but {@code localAddress}. */
  public static Probing network(Vertx vertx, Optional<String> localAddress) {
    return probing(vertx, localAddress, Map.of(), Map.of());
  }

  /** Checks with these files allowed. */
  public static Probing files(Vertx vertx, Map<String, Path> allowed) {
    return probing(vertx, Optional.empty(), allowed, Map.of());
  }

  /** Checks with these connections configured. */
  public static Probing postgres(Vertx vertx, Map<String, PostgresConnection> connections) {
    return probing(vertx, Optional.empty(), Map.of(), connections);
  }

  private static Probing probing(
      Vertx vertx,
      Optional<String> localAddress,
      Map<String, Path> allowed,
      Map<String, PostgresConnection> connections) {
    LocalAddress local = new LocalAddress(localAddress);
    return new Probing(
        vertx,
        new Probers(
            vertx,
            new TcpProbe(vertx, local),
            new HttpProbe(vertx, local),
            new FileAgeProbe(allowed, InstantSource.system()),
            new PostgresProbe(vertx, connections),
            (write, run) -> run.passed()));
  }
}
