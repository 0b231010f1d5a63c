package io.holdfast.collector.api.web;

import io.holdfast.collector.api.Past;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.collector.api.World;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.vertx.core.Future;
import java.nio.file.Path;

/** The page of a world, open in a browser. */
final class PageStage implements AutoCloseable {
  static final String LIVE = "document.body?.dataset.connection === 'live'";

  final World world;
  final RunningApi api;
  final Tab tab;
  private final Past past = Past.healthy(Samples.plan("en"), Samples.WALL);

  /** Serves that status of the world and opens a tab. */
  PageStage(Browser browser, Path directory, World world, StatusSource status) {
    this.world = world;
    api = serve(directory, world, status);
    tab = browser.open();
  }

  static RunningApi serve(Path directory, World world, StatusSource status) {
    return new RunningApi(
        directory,
        world,
        status,
        (text, file, operator) -> Future.failedFuture("no plan is taken here"),
        true);
  }

  void open() {
    tab.go(api.url("/"));
    tab.until(LIVE);
  }

  /** The world has a past of half an hour. */
  void remember() {
    world.remember(past.history());
  }

  void choose(String language) {
    tab.evaluate("document.querySelector('#languages button[data-key=" + language + "]').click()");
  }

  /**
   * The engine is unhealthy in its newest beat, and an incident is open for {@code outageMillis}.
   */
  void breakTheEngine(long outageMillis) {
    Reason refused =
        Reason.newBuilder()
            .setCode("CONNECTION_REFUSED")
            .setCheck("http")
            .setDetail("127.0.0.1:8001: connection refused")
            .build();
    world.pass(1_000);
    long now = world.now().wallMillis();
    past.beat("trade-a", "trading_engine", Past.beat(now, Verdict.VERDICT_UNHEALTHY, refused));
    remember();
    world.beat(
        "trade-a",
        Samples.with(
            Samples.heartbeat("trade-a"),
            Samples.verdict("trading_engine", Verdict.VERDICT_UNHEALTHY)
                .setSinceWallMillis(now)
                .setPid(0)
                .setHealing(true)
                .addReasons(refused)));
    world.record(Samples.opened("2026-0007", now - outageMillis));
  }

  @Override
  public void close() {
    tab.close();
    api.close();
  }
}
