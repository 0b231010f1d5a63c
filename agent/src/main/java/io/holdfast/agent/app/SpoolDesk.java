package io.holdfast.agent.app;

import io.holdfast.agent.link.EventSource;
import io.holdfast.agent.metrics.AgentReading.SpoolFigures;
import io.holdfast.agent.spool.Spool;
import io.holdfast.agent.spool.SpoolLevel;
import io.holdfast.agent.spool.SpoolSettings;
import io.holdfast.agent.spool.SpoolState;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentEvent.DropRecorded;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.agent.UnheardDrops;
import io.holdfast.planfile.config.AgentConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the loop and the spool: what is told goes to the disk on one worker, in its order, and
 * the link hears of it once it is there.
 */
final class SpoolDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolDesk.class);
  private static final long TIDY_MILLIS = 5_000;
  private static final int CLOSE_SECONDS = 5;

  private final Context context;
  private final Spool spool;
  private final String bootId;
  private final long timer;
  private Runnable stored = () -> {};

  private SpoolDesk(Context context, Spool spool, String bootId) {
    this.context = context;
    this.spool = spool;
    this.bootId = bootId;
    this.timer = context.owner().setPeriodic(TIDY_MILLIS, id -> onDisk(this::tidied));
  }

  /**
   * Opens the spool of this host.
   *
   * @throws IOException if its directory cannot be used
   */
  static SpoolDesk open(Context context, AgentConfig config, Moment now, String bootId)
      throws IOException {
    SpoolSettings settings =
        new SpoolSettings(
            config.stateDirectory().resolve("spool").toAbsolutePath(), config.spoolMaxBytes());
    return new SpoolDesk(context, Spool.open(settings, now, bootId), bootId);
  }

  /** Calls {@code listener} on the loop when events have become ready to be sent. */
  void whenStored(Runnable listener) {
    stored = listener;
  }

  /** Done once they are on the disk, or held in memory because it does not take them. */
  Future<Void> append(List<HostEvent> events, Moment at) {
    List<HostEvent> copy = List.copyOf(events);
    return onDisk(
        () -> {
          spool.append(copy, at, bootId);
          return null;
        });
  }

  SpoolFigures figures() {
    SpoolLevel level = spool.level();
    return new SpoolFigures(
        level.bytes(),
        level.maxBytes(),
        level.events(),
        level.dropped(),
        spool.state() instanceof SpoolState.Healthy);
  }

  /** What the link sends; {@code dropRecorded} hears when the ledger learnt what was dropped. */
  EventSource source(Consumer<DropRecorded> dropRecorded) {
    UnheardDrops drops = new UnheardDrops();
    return new EventSource() {
      @Override
      public String spoolId() {
        return spool.id();
      }

      @Override
      public List<SpooledEvent> after(long sequence, int max) {
        List<SpooledEvent> events = spool.unacknowledged(sequence, max);
        events.forEach(drops::sent);
        return events;
      }

      @Override
      public void acknowledged(long sequence) {
        spool.acknowledge(sequence);
        drops.acknowledged(sequence).ifPresent(dropRecorded);
      }
    };
  }

  private Void tidied() {
    spool.tidy();
    return null;
  }

  /** Ordered: one after another, as they were asked for. */
  private Future<Void> onDisk(Callable<Void> work) {
    return context
        .executeBlocking(work, true)
        .onComplete(
            done -> {
              if (done.failed()) {
                LOG.error("the spool failed", done.cause());
              }
              stored.run();
            });
  }

  /** What was told before this call is on the disk afterwards. */
  @Override
  public void close() throws Exception {
    context.owner().cancelTimer(timer);
    context.executeBlocking(() -> null, true).await(CLOSE_SECONDS, TimeUnit.SECONDS);
    spool.close();
  }
}
