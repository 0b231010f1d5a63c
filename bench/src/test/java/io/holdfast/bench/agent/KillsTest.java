package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a service that changes its pid when it is "killed". */
class KillsTest {

  private static final Duration PHASE = Duration.ofMillis(5);

  private final List<Long> killed = new ArrayList<>();
  private HttpServer server;
  private volatile int pid = 100;
  private volatile IntSupplier status = () -> 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/health",
        exchange -> {
          byte[] body =
              "{\"status\":\"ok\",\"pid\":%d}\n".formatted(pid).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.getAsInt(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI health() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
  }

  @Test
  void killsWhoAnswersAndTakesTheTimeOfTheNextOne() throws Exception {
    var kills =
        new Kills(
            new Random(1),
            PHASE,
            who ->
                () -> {
                  killed.add(who);
                  pid++;
                });

    double seconds = kills.once(new Kept("somebody", health(), () -> true));

    assertThat(killed).containsExactly(100L);
    assertThat(seconds).isPositive();
    assertThat(Answer.pid(health())).hasValue(101);
  }

  @Test
  void aWrongAnswerOrThatOfTheOldProcessIsNotTaken() throws Exception {
    var asked = new AtomicInteger();
    var kills =
        new Kills(
            new Random(1),
            PHASE,
            who ->
                () -> {
                  killed.add(who);
                  // Its first two answers are an error, then comes one of the old process.
                  status =
                      () -> {
                        int time = asked.incrementAndGet();
                        if (time == 3) {
                          pid = 101;
                        }
                        return time <= 2 ? 503 : 200;
                      };
                });

    kills.once(new Kept("somebody", health(), () -> true));

    assertThat(asked).hasValue(4);
  }

  @Test
  void killsNothingWhileTheServiceIsDown() {
    var kills = new Kills(new Random(1), PHASE, who -> () -> killed.add(who));
    status = () -> 503;

    assertThatThrownBy(() -> kills.once(new Kept("somebody", health(), () -> true)))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("the service of somebody is down");
    assertThat(killed).isEmpty();
  }

  @Test
  void nobodyListeningIsNoAnswer() {
    URI health = health();
    server.stop(0);

    assertThat(Answer.pid(health)).isEmpty();
  }
}
