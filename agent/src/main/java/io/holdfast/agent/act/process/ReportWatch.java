package io.holdfast.agent.act.process;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at once in which of the directories something was written (inotify on Linux). */
final class ReportWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportWatch.class);

  private final WatchService service;
  private final Consumer<String> changed;
  private final Map<WatchKey, String> names = new ConcurrentHashMap<>();

  /**
   * @param changed gets the name of a directory, on the thread of the watch: not to block
   */
  ReportWatch(Consumer<String> changed) throws IOException {
    this.service = FileSystems.getDefault().newWatchService();
    this.changed = changed;
    Thread.ofPlatform().name("keepers-watch").daemon().start(this::loop);
  }

  void add(String name, Path directory) throws IOException {
    names.put(
        directory.register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY),
        name);
  }

  void remove(String name) {
    names.forEach(
        (key, watched) -> {
          if (watched.equals(name)) {
            key.cancel();
            names.remove(key);
          }
        });
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.debug("closing the watch of reports: {}", e.getMessage());
    }
  }

  private void loop() {
    try {
      while (true) {
        WatchKey key = service.take();
        key.pollEvents();
        key.reset();
        String name = names.get(key);
        if (name != null) {
          changed.accept(name);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      LOG.debug("the watch of reports ends");
    }
  }
}
