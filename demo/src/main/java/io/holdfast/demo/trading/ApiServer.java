package io.holdfast.demo.trading;

import java.io.IOException;
import java.util.Set;

/**
 * The sample {@code api_server}: answers 200 on {@code /health}.
 *
 * <p>Arguments: {@code --address=ADDRESS --port=PORT --host=NAME}.
 */
public final class ApiServer {

  private ApiServer() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) throws IOException {
    var arguments = Arguments.of(args, Set.of("address", "port", "host"));
    String body =
        "{\"status\":\"ok\",\"host\":\"%s\",\"pid\":%d}\n"
            .formatted(arguments.text("host"), ProcessHandle.current().pid());
    HealthServer.bind(arguments.listen())
        .answer("/health", () -> HealthServer.Answer.json(200, body))
        .start();
  }
}
