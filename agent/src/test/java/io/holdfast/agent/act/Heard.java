package io.holdfast.agent.act;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A listener that keeps what it heard, and waits for more up to a deadline. */
public final class Heard implements Consumer<AgentEvent> {
  private static final long SECONDS = 20;

  private final LinkedBlockingQueue<AgentEvent> unread = new LinkedBlockingQueue<>();
  private final List<AgentEvent> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(AgentEvent event) {
    all.add(event);
    unread.add(event);
  }

  /** Everything so far. */
  public List<AgentEvent> all() {
    return List.copyOf(all);
  }

  /** The next event. */
  public AgentEvent next() throws InterruptedException {
    AgentEvent event = unread.poll(SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no further event; heard: " + all);
    }
    return event;
  }

  /** The next event, which is to be the start of a process. */
  public ProcessRunning nextRunning() throws InterruptedException {
    AgentEvent event = next();
    if (event instanceof ProcessRunning running) {
      return running;
    }
    throw new AssertionError("not the start of a process: " + event);
  }

  /** The next event, which is to be the end of a process. */
  public ProcessEnded nextEnded() throws InterruptedException {
    AgentEvent event = next();
    if (event instanceof ProcessEnded ended) {
      return ended;
    }
    throw new AssertionError("not the end of a process: " + event);
  }

  /** The stage's value. */
  public static <T> T of(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("never: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
