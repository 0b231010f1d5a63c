package io.holdfast.agent.observe;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs calls that the kernel may hold for ever (a file on a dead NFS server) on daemon threads of
 * their own, so that whoever waits can give up. A key whose last call still hangs gets no second
 * one: a hanging path costs one thread, not one a second.
 */
public final class DetachedCalls implements AutoCloseable {

  private final ThreadPoolExecutor threads;
  private final Map<String, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  /**
   * Calls on at most {@code maxThreads} threads, which end when they have been idle for a minute.
   *
   * @param name of the threads
   */
  public DetachedCalls(String name, int maxThreads) {
    threads =
        new ThreadPoolExecutor(
            0,
            maxThreads,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            call -> {
              Thread thread = new Thread(null, call, name, 128 * 1024);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a call; empty if the last one for this key has not come back or every thread is taken.
   * The future fails with what the call threw.
   */
  public <T> Optional<CompletableFuture<T>> start(String key, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (underWay.putIfAbsent(key, result) != null) {
      return Optional.empty();
    }
    try {
      threads.execute(() -> run(key, call, result));
    } catch (RejectedExecutionException allThreadsTaken) {
      underWay.remove(key, result);
      return Optional.empty();
    }
    return Optional.of(result);
  }

  private <T> void run(String key, Callable<T> call, CompletableFuture<T> result) {
    try {
      T value = call.call();
      underWay.remove(key, result);
      result.complete(value);
    } catch (Exception | Error failure) {
      underWay.remove(key, result);
      result.completeExceptionally(failure);
    }
  }

  /** Takes no more calls; threads that hang are left to the end of the process. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
