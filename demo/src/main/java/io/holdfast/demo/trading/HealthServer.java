package io.holdfast.demo.trading;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A little HTTP server: one answer per path, computed anew for every request. */
final class HealthServer {

  /** What to say now. */
  record Answer(int status, String type, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }
  }

  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Binds the address; nothing is answered before {@link #start()}. Ends the program with 1 when it
   * is taken.
   */
  static HealthServer bind(InetSocketAddress address) throws IOException {
    try {
      return new HealthServer(HttpServer.create(address, 64));
    } catch (BindException taken) {
      System.err.println(
          "cannot listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + taken.getMessage());
      System.exit(1);
      throw taken;
    }
  }

  HealthServer answer(String path, Supplier<Answer> answer) {
    server.createContext(path, exchange -> send(exchange, answer.get()));
    return this;
  }

  void start() {
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
