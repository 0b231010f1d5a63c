package io.holdfast.agent.link;

import io.holdfast.agent.link.LinkFailure.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream to one of the collectors for as long as it is started. Nothing that a collector
 * does or fails to do ends it; what is wrong is logged once, until it changes. Its methods may be
 * called from any thread.
 */
public final class AgentLink {
  private static final long PATROL_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

  private final Vertx vertx;
  private final Context context;
  private LinkSettings settings;
  private final EventSource events;
  private final AgentFacts facts;
  private final LinkListener listener;
  private Retry retry;
  private final BoundedLog plansRefused = new BoundedLog(10, LOG::error);
  private final Map<CollectorAddress, LinkFailure> told = new HashMap<>();

  private boolean toldConnected;
  private int turn;
  private boolean running;
  private boolean loading;
  private long patrol = -1;
  private long waiting = -1;
  private @Nullable LinkSession session;

  /** Does nothing until {@link #start}. */
  public AgentLink(
      Vertx vertx,
      LinkSettings settings,
      EventSource events,
      AgentFacts facts,
      LinkListener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.events = events;
    this.facts = facts;
    this.listener = listener;
    this.retry = retry(settings);
  }

  /** Connects, and from then on reconnects. */
  public void start() {
    context.runOnContext(
        v -> {
          if (!running) {
            running = true;
            patrol = vertx.setPeriodic(PATROL_MILLIS, id -> patrol());
            attempt();
          }
        });
  }

  /** Ends the stream and the attempts; done once nothing of them runs any more. */
  public Future<Void> stop() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v -> {
          running = false;
          vertx.cancelTimer(waiting);
          vertx.cancelTimer(patrol);
          if (session != null) {
            session.close();
            session = null;
          }
          done.complete();
        });
    return done.future();
  }

  /** The spool has new events: sends them now if the stream takes them. */
  public void poke() {
    context.runOnContext(
        v -> {
          if (session != null) {
            session.pump();
          }
        });
  }

  /** Whether a collector answers, or a disk, is not asked: only whether the link would go on. */
  private void patrol() {
    if (session != null || loading || waiting != -1) {
      listener.turned();
    }
  }

  /**
   * Uses these files from the next attempt on; an open stream goes on as it is.
   *
   * @return fails when they are no certificate of this host that a collector would take now, and
   *     then nothing is changed; the message is for people
   */
  public Future<Void> reload(TlsFiles tls) {
    return context
        .executeBlocking(() -> OwnCertificate.load(tls, settings.host(), Instant.now()), false)
        .compose(
            certificate ->
                certificate
                    .problem()
                    .<Future<Void>>map(problem -> Future.failedFuture(problem.message()))
                    .orElseGet(Future::succeededFuture))
        .onSuccess(loaded -> context.runOnContext(v -> use(tls)));
  }

  /** Who waits because the old ones were refused need not wait any longer. */
  private void use(TlsFiles tls) {
    settings = settings.with(settings.collectors(), tls);
    if (running && vertx.cancelTimer(waiting)) {
      attempt();
    }
  }

  /** Connects to these from now on; a stream to one of them goes on. */
  public void use(List<CollectorAddress> collectors) {
    context.runOnContext(
        v -> {
          if (collectors.equals(settings.collectors())) {
            return;
          }
          settings = settings.with(collectors, settings.tls());
          retry = retry(settings);
          if (session != null && !collectors.contains(session.address())) {
            session.leave();
          }
        });
  }

  private static Retry retry(LinkSettings settings) {
    return new Retry(
        settings.timings(), settings.collectors().size(), RandomGenerator.getDefault());
  }

  private void attempt() {
    waiting = -1;
    loading = true;
    CollectorAddress address =
        settings.collectors().get(Math.floorMod(turn, settings.collectors().size()));
    context
        .executeBlocking(() -> OwnCertificate.load(settings.tls(), settings.host(), Instant.now()))
        .onComplete(loaded -> loading = false)
        .onSuccess(certificate -> open(address, certificate))
        .onFailure(
            e ->
                ended(
                    address,
                    new LinkFailure(
                        Kind.OWN_CERTIFICATE,
                        address.toString(),
                        String.valueOf(e.getMessage()),
                        "this host has no certificate that can be used"),
                    Duration.ZERO));
  }

  private void open(CollectorAddress address, OwnCertificate certificate) {
    if (!running) {
      return;
    }
    try {
      LinkSession next =
          new LinkSession(
              vertx,
              settings,
              address,
              certificate,
              events,
              facts,
              listener,
              owner(address),
              plansRefused);
      session = next;
      next.open();
    } catch (RuntimeException e) {
      ended(address, FailureReader.read(address.toString(), e), Duration.ZERO);
    }
  }

  private LinkSession.Owner owner(CollectorAddress address) {
    return new LinkSession.Owner() {
      @Override
      public void opened(String collector, String stream) {
        if (!toldConnected) {
          toldConnected = true;
          LOG.info("connected to {} at {}, stream {}", collector, address, stream);
        }
        listener.connected(collector);
      }

      @Override
      public void ended(LinkFailure failure, Duration open) {
        AgentLink.this.ended(address, failure, open);
      }
    };
  }

  private void ended(CollectorAddress address, LinkFailure failure, Duration open) {
    session = null;
    if (!running) {
      return;
    }
    if (open.compareTo(settings.timings().stable()) >= 0) {
      told.clear();
    }
    if (!failure.equals(told.put(address, failure))) {
      toldConnected = false;
      LOG.warn("no stream to {}: {}; trying on", address, failure.message());
    }
    if (open.isZero()) {
      listener.attemptFailed(failure);
    } else {
      listener.disconnected(failure);
    }
    turn++;
    long wait = retry.after(failure.kind().lasting(), open);
    // Vert.x knows no timer of zero milliseconds.
    waiting = vertx.setTimer(Math.max(1, wait), id -> attempt());
  }
}
