package io.holdfast.unit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the service manager's watchdog for as long as every loop turns. Once one stands still the
 * manager is fed no more, and restarts the program.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final Notifier notifier;
  private final Loops loops;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean feeding = true;

  Watchdog(Notifier notifier, Loops loops) {
    this.notifier = notifier;
    this.loops = loops;
  }

  /** Looks after the loops on a thread of its own, if the manager watches this process. */
  public static Watchdog start(Notifier notifier, Loops loops) {
    Watchdog watchdog = new Watchdog(notifier, loops);
    notifier
        .watchdog()
        .ifPresent(
            period ->
                Thread.ofPlatform()
                    .daemon()
                    .name("watchdog")
                    .start(() -> watchdog.run(period.dividedBy(3))));
    return watchdog;
  }

  private void run(Duration pause) {
    try {
      do {
        look();
      } while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at the loops. */
  void look() {
    List<Loops.Stale> stale = loops.stale();
    if (stale.isEmpty()) {
      notifier.alive();
      if (!feeding) {
        feeding = true;
        LOG.info("every loop turns again; the watchdog is fed");
      }
    } else if (feeding) {
      feeding = false;
      String names = stale.stream().map(Loops.Stale::toString).collect(Collectors.joining(", "));
      // The status first: the log may be what hangs.
      notifier.status("stands still: " + names);
      LOG.error("these loops stand still: {}; the watchdog is fed no more", names);
    }
  }

  /** Feeds no more. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
