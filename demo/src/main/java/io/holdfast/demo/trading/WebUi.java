package io.holdfast.demo.trading;

import java.io.IOException;
import java.util.Set;

/**
 * The sample {@code web_ui}: one static page.
 *
 * <p>Arguments: {@code --address=ADDRESS --port=PORT --host=NAME}.
 */
public final class WebUi {

  private WebUi() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) throws IOException {
    var arguments = Arguments.of(args, Set.of("address", "port", "host"));
    String page =
        "<!doctype html><title>Paper trades</title><h1>Paper trading on %s</h1>\n"
            .formatted(arguments.text("host"));
    HealthServer.bind(arguments.listen())
        .answer("/", () -> new HealthServer.Answer(200, "text/html", page))
        .start();
  }
}
