package io.holdfast.agent.app;

import io.holdfast.agent.link.AgentFacts;
import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.link.CollectorAddress;
import io.holdfast.agent.link.EventSource;
import io.holdfast.agent.link.LinkFailure;
import io.holdfast.agent.link.LinkListener;
import io.holdfast.agent.link.LinkSettings;
import io.holdfast.agent.link.LinkTimings;
import io.holdfast.agent.link.TlsFiles;
import io.holdfast.agent.metrics.AgentTally;
import io.holdfast.agent.observe.linux.BootId;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.planfile.config.AgentConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The link to the collectors, as this host's configuration says. */
final class Linking {

  private Linking() {}

  static AgentLink of(
      Vertx vertx,
      AgentConfig config,
      EventSource events,
      AgentFacts facts,
      Function<HostPlan, Future<Void>> planReceived,
      AgentTally tally,
      UnitLife life) {
    LinkSettings settings =
        new LinkSettings(
            config.host(),
            Build.id(),
            BootId.read(),
            collectors(config),
            files(config),
            LinkTimings.standard());
    return new AgentLink(vertx, settings, events, facts, listener(planReceived, tally, life));
  }

  static List<CollectorAddress> collectors(AgentConfig config) {
    return config.collectors().stream()
        .map(endpoint -> new CollectorAddress(endpoint.host(), endpoint.port()))
        .toList();
  }

  static TlsFiles files(AgentConfig config) {
    return new TlsFiles(config.tls().certificate(), config.tls().key(), config.tls().ca());
  }

  /** The link logs what happens; nothing that the agent does depends on a collector. */
  private static LinkListener listener(
      Function<HostPlan, Future<Void>> planReceived, AgentTally tally, UnitLife life) {
    Runnable turned = life.loop("link", UnitLife.LINK);
    return new LinkListener() {
      @Override
      public Future<Void> planReceived(HostPlan plan) {
        return planReceived.apply(plan);
      }

      @Override
      public void connected(String collector) {
        tally.linkOpened();
        life.linked(Optional.of(collector));
      }

      @Override
      public void disconnected(LinkFailure failure) {
        tally.linkFailed();
        life.linked(Optional.empty());
      }

      @Override
      public void turned() {
        turned.run();
      }

      @Override
      public void attemptFailed(LinkFailure failure) {
        tally.linkFailed();
      }
    };
  }
}
