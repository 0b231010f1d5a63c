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

/**
 * The link to the collectors, as this host's configuration says. The link logs what happens;
 * nothing that the agent does depends on a collector. Used on one event loop.
 */
final class Linking implements LinkListener {
  private final Function<HostPlan, Future<Void>> plans;
  private final AgentTally tally;
  private final Runnable turned;
  private Optional<String> collector = Optional.empty();
  private Optional<LinkFailure> lasting = Optional.empty();

  /**
   * @param turned called at each turn of the link's loop
   */
  Linking(Function<HostPlan, Future<Void>> plans, AgentTally tally, Runnable turned) {
    this.plans = plans;
    this.tally = tally;
    this.turned = turned;
  }

  /** A link that does nothing until it is started. */
  AgentLink open(Vertx vertx, AgentConfig config, EventSource events, AgentFacts facts) {
    LinkSettings settings =
        new LinkSettings(
            config.host(),
            Build.id(),
            BootId.read(),
            collectors(config),
            files(config),
            LinkTimings.standard());
    return new AgentLink(vertx, settings, events, facts, this);
  }

  static List<CollectorAddress> collectors(AgentConfig config) {
    return config.collectors().stream()
        .map(endpoint -> new CollectorAddress(endpoint.host(), endpoint.port()))
        .toList();
  }

  static TlsFiles files(AgentConfig config) {
    return new TlsFiles(config.tls().certificate(), config.tls().key(), config.tls().ca());
  }

  /** The collector that has the stream, or why there is none as far as somebody can mend it. */
  String state() {
    return collector.orElseGet(
        () -> "no collector" + lasting.map(failure -> ": " + failure.brief()).orElse(""));
  }

  /** What one collector says for good is not forgotten because another cannot be reached. */
  private void failed(LinkFailure failure) {
    tally.linkFailed();
    boolean sameCollector =
        lasting.map(before -> before.collector().equals(failure.collector())).orElse(true);
    if (!failure.brief().isEmpty()) {
      lasting = Optional.of(failure);
    } else if (sameCollector) {
      lasting = Optional.empty();
    }
  }

  @Override
  public Future<Void> planReceived(HostPlan plan) {
    return plans.apply(plan);
  }

  @Override
  public void connected(String name) {
    tally.linkOpened();
    collector = Optional.of(name);
    lasting = Optional.empty();
  }

  @Override
  public void disconnected(LinkFailure failure) {
    collector = Optional.empty();
    failed(failure);
  }

  @Override
  public void certificateRenewed(boolean done) {
    tally.certificateRenewed(done);
  }

  @Override
  public void turned() {
    turned.run();
  }

  @Override
  public void attemptFailed(LinkFailure failure) {
    failed(failure);
  }
}
