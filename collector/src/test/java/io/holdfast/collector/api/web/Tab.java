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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One tab of a browser. */
public final class Tab implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Failed connections, and hints of how a canvas is read faster. */
  private static final Set<String> NO_COMPLAINTS = Set.of("network", "rendering");

  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "Escape", 27, "End", 35, "Home", 36, "ArrowLeft", 37, "ArrowRight", 39);

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
    // Without a window there is no focus, and without focus no event of it.
    send("Emulation.setFocusEmulationEnabled", new JsonObject().put("enabled", true));
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
      if (!NO_COMPLAINTS.contains(entry.getString("source"))) {
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
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  public void go(String url) {
    send("Page.navigate", new JsonObject().put("url", url));
  }

  /** The value of an expression, after its promise if it is one. */
  public Object evaluate(String expression) {
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
  public void until(String expression) {
    until(expression, PATIENCE);
  }

  /** Waits until the expression is true, at most that long. */
  public void until(String expression, Duration patience) {
    String poll =
        "new Promise(done => { const end = performance.now() + "
            + patience.toMillis()
            + "; const look = () => { if ("
            + expression
            + ") done(true); else if (performance.now() > end) done(false);"
            + " else setTimeout(look, 20); }; look(); })";
    if (!Boolean.TRUE.equals(evaluate(poll))) {
      throw new AssertionError(
          expression + " did not become true; the page says:\n" + text("body"));
    }
  }

  public String text(String selector) {
    return (String) evaluate("document.querySelector('" + selector + "')?.innerText ?? ''");
  }

  public void look(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    send("Emulation.setTouchEmulationEnabled", new JsonObject().put("enabled", width < 600));
    JsonObject scheme =
        new JsonObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
    send(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(scheme)));
  }

  /** Presses and lets go a key of {@link #KEYS}. */
  public void press(String key) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          new JsonObject()
              .put("type", type)
              .put("key", key)
              .put("windowsVirtualKeyCode", KEYS.get(key)));
    }
  }

  /** Moves the mouse to that share of the element's width. */
  public void point(String selector, double share) {
    send("Input.dispatchMouseEvent", within(selector, share).put("type", "mouseMoved"));
  }

  /** Touches the element at that share of its width and lets go. */
  public void tap(String selector, double share) {
    JsonArray finger = new JsonArray().add(within(selector, share));
    send(
        "Input.dispatchTouchEvent",
        new JsonObject().put("type", "touchStart").put("touchPoints", finger));
    send(
        "Input.dispatchTouchEvent",
        new JsonObject().put("type", "touchEnd").put("touchPoints", new JsonArray()));
  }

  private JsonObject within(String selector, double share) {
    return new JsonObject(
        (String)
            evaluate(
                "(() => { const element = document.querySelector('"
                    + selector
                    + "'); element.scrollIntoView({ block: 'center' });"
                    + " const box = element.getBoundingClientRect(); return JSON.stringify({ x:"
                    + " box.left + box.width * "
                    + share
                    + ", y: box.top + box.height / 2 }); })()"));
  }

  /** Keeps a picture of the whole page. */
  public void screenshot(Path file) {
    JsonObject size =
        send("Page.getLayoutMetrics", new JsonObject()).getJsonObject("cssContentSize");
    JsonObject shot =
        send(
            "Page.captureScreenshot",
            new JsonObject()
                .put("captureBeyondViewport", true)
                .put("clip", size.copy().put("x", 0).put("y", 0).put("scale", 1)));
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
