package io.holdfast.collector.api.web;

import static io.holdfast.collector.api.RunningApi.await;

import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One tab of a browser. */
final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, Promise<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> receive(new JsonObject(text)));
    send("Page.enable", new JsonObject());
    send("Runtime.enable", new JsonObject());
    send("Log.enable", new JsonObject());
  }

  private void receive(JsonObject message) {
    Promise<JsonObject> answer = waiting.remove(message.getInteger("id", 0));
    if (answer != null) {
      if (message.containsKey("error")) {
        answer.fail(message.getJsonObject("error").encode());
      } else {
        answer.complete(message.getJsonObject("result"));
      }
    } else if ("Runtime.exceptionThrown".equals(message.getString("method"))) {
      complaints.add(message.encode());
    } else if ("Log.entryAdded".equals(message.getString("method"))) {
      JsonObject entry = message.getJsonObject("params").getJsonObject("entry");
      if (!"network".equals(entry.getString("source"))) {
        complaints.add(entry.encode());
      }
    }
  }

  private JsonObject send(String method, JsonObject parameters) {
    int id = lastId.incrementAndGet();
    Promise<JsonObject> answer = Promise.promise();
    waiting.put(id, answer);
    socket.writeTextMessage(
        new JsonObject().put("id", id).put("method", method).put("params", parameters).encode());
    return await(answer.future());
  }

  /** What the page threw or was refused by its policy; failed connections are not among it. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void go(String url) {
    send("Page.navigate", new JsonObject().put("url", url));
  }

  /** The value of an expression, after its promise if it is one. */
  Object evaluate(String expression) {
    JsonObject result =
        send(
            "Runtime.evaluate",
            new JsonObject()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.containsKey("exceptionDetails")) {
      throw new IllegalStateException(result.getJsonObject("exceptionDetails").encode());
    }
    return result.getJsonObject("result").getValue("value");
  }

  /** Waits until the expression is true. */
  void until(String expression) {
    String poll =
        "new Promise(done => { const end = performance.now() + "
            + PATIENCE.toMillis()
            + "; const look = () => { if ("
            + expression
            + ") done(true); else if (performance.now() > end) done(false);"
            + " else setTimeout(look, 20); }; look(); })";
    if (!Boolean.TRUE.equals(evaluate(poll))) {
      throw new AssertionError(
          expression + " did not become true; the page says:\n" + text("body"));
    }
  }

  String text(String selector) {
    return (String) evaluate("document.querySelector('" + selector + "')?.innerText ?? ''");
  }

  void look(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    JsonObject scheme =
        new JsonObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
    send(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(scheme)));
  }

  void screenshot(Path file) {
    JsonObject shot =
        send("Page.captureScreenshot", new JsonObject().put("captureBeyondViewport", true));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(shot.getString("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    await(socket.close());
  }
}
