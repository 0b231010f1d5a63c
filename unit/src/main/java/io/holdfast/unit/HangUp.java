package io.holdfast.unit;

import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * SIGHUP, by which a unit's {@code ExecReload} asks for a reload. Without a handler it would end
 * the process, so it is taken as early as possible; one that comes before anybody listens is kept.
 */
public final class HangUp {
  private static final Runnable NOBODY = () -> {};
  private static final Runnable ASKED = () -> {};

  private final AtomicReference<Runnable> listener = new AtomicReference<>(NOBODY);

  /** From now on the signal ends the process no more. */
  public HangUp() {
    Signal.handle(new Signal("HUP"), signal -> came());
  }

  /** Has {@code reload} called on each signal, on a thread of its own. */
  public void listen(Runnable reload) {
    if (listener.getAndSet(reload) == ASKED) {
      reload.run();
    }
  }

  private void came() {
    listener.updateAndGet(now -> now == NOBODY ? ASKED : now).run();
  }
}
