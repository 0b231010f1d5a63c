package io.holdfast.collector.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Says which process this collector is and where it listens: ports may be any free ones. */
record RunFile(Path file) implements AutoCloseable {

  static RunFile write(Path directory, int agentsPort, int apiPort) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("collector.json");
    Path fresh = directory.resolve("collector.json.new");
    JsonObject content =
        new JsonObject()
            .put("pid", ProcessHandle.current().pid())
            .put("agents_port", agentsPort)
            .put("api_port", apiPort);
    Files.writeString(fresh, content.encode() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return new RunFile(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
