package io.holdfast.agent.app;

import io.holdfast.agent.store.MemoryStore;
import io.holdfast.core.agent.ServiceMemory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes memories one after another on a worker. Used on one event loop. */
final class MemoryDesk {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryDesk.class);

  private final Context context;
  private final MemoryStore store;
  private Map<String, ServiceMemory> newest = Map.of();
  private Future<Void> last = Future.succeededFuture();
  private boolean failing;

  MemoryDesk(Context context, MemoryStore store) {
    this.context = context;
    this.store = store;
  }

  /** Writes the memories unless they are those that were written last; never fails. */
  Future<Void> remember(Map<String, ServiceMemory> memories) {
    if (!memories.equals(newest)) {
      newest = memories;
      last = last.compose(before -> write(memories)).recover(this::failed);
    }
    return last;
  }

  private Future<Void> write(Map<String, ServiceMemory> memories) {
    return context
        .<Void>executeBlocking(
            () -> {
              store.store(memories);
              return null;
            },
            false)
        .onSuccess(done -> failing = false);
  }

  private Future<Void> failed(Throwable cause) {
    if (!failing) {
      failing = true;
      LOG.warn("the next agent will not know what this one knows: {}", cause.toString());
    }
    return Future.succeededFuture();
  }
}
