package io.holdfast.collector.api.web;

import static io.holdfast.collector.api.RunningApi.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, driven by the DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Duration START = Duration.ofSeconds(30);
  private static final int MESSAGE_MAX = 32 * 1024 * 1024;

  private final Process process;
  private final HttpClient http;
  private final WebSocketClient sockets;
  private final int port;

  private Chromium(Vertx vertx, Process process, int port) {
    this.process = process;
    this.port = port;
    this.http = vertx.createHttpClient();
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MESSAGE_MAX)
                .setMaxMessageSize(MESSAGE_MAX));
  }

  /** Where it is installed. */
  public static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static Chromium start(Vertx vertx, Path program, Path profile) {
    try {
      ProcessBuilder command =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--disable-dev-shm-usage",
                  "--ignore-certificate-errors",
                  "--lang=en-US",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(profile.resolveSibling("chromium.log").toFile());
      command.environment().put("TMPDIR", profile.getParent().toString());
      Process process = command.start();
      return new Chromium(vertx, process, readPort(process, profile.resolve("DevToolsActivePort")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int readPort(Process process, Path file) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return Integer.parseInt(lines.get(0));
        }
      }
      awaitEnd(process, 20);
    }
    process.destroyForcibly();
    throw new IllegalStateException("Chromium did not start");
  }

  private static boolean awaitEnd(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new tab that shows nothing yet. */
  public Tab open() {
    JsonObject target =
        await(
                http.request(HttpMethod.PUT, port, "127.0.0.1", "/json/new?about:blank")
                    .compose(HttpClientRequest::send)
                    .compose(HttpClientResponse::body))
            .toJsonObject();
    String path = target.getString("webSocketDebuggerUrl").replaceFirst("^ws://[^/]+", "");
    return new Tab(await(sockets.connect(port, "127.0.0.1", path)));
  }

  /** Ends the browser and all its processes: the last of them still write into the profile. */
  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    if (!awaitEnd(process, 10_000)) {
      process.destroyForcibly();
      awaitEnd(process, 10_000);
    }
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }
}
