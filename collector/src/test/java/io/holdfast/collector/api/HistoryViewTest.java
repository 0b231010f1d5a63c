package io.holdfast.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.HostHistory;
import io.holdfast.proto.v1.LoadPoint;
import io.holdfast.proto.v1.ServiceHistory;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryViewTest {
  private final World world = World.healthy("en");
  private final HistoryView view = new HistoryView(world, world);

  @Test
  void tellsAllServicesAndHostsInThePlansOrder() {
    History history = view.history("", "");

    assertThat(names(history))
        .containsExactly(
            "database@trade-a",
            "api_server@trade-a",
            "api_server@trade-b",
            "trading_engine@trade-a",
            "data_collector@trade-a",
            "web_ui@trade-b");
    assertThat(hosts(history)).containsExactly("trade-a", "trade-b");
  }

  @Test
  void tellsOnlyTheHostThatWasAskedFor() {
    History history = view.history("trade-b", "");

    assertThat(names(history)).containsExactly("api_server@trade-b", "web_ui@trade-b");
    assertThat(hosts(history)).containsExactly("trade-b");
  }

  @Test
  void tellsOnlyTheServiceThatWasAskedForAndTheHostsThatRunIt() {
    assertThat(names(view.history("", "api_server")))
        .containsExactly("api_server@trade-a", "api_server@trade-b");
    History one = view.history("", "web_ui");
    assertThat(names(one)).containsExactly("web_ui@trade-b");
    assertThat(hosts(one)).containsExactly("trade-b");
  }

  @Test
  void tellsNothingWhileNoPlanWasApplied() {
    World empty = new World();

    assertThat(new HistoryView(empty, empty).history("", ""))
        .isEqualTo(History.getDefaultInstance());
  }

  @Test
  void tellsTheWholePastAndTheStatusOnlyTheNewestOfIt() {
    Beat newest = beat(2);
    LoadPoint load = LoadPoint.newBuilder().setWallMillis(9).setCpuBusyRatio(0.5).build();
    ServiceHistory service =
        ServiceHistory.newBuilder()
            .setHost("trade-b")
            .setService("web_ui")
            .addBeats(beat(1))
            .addBeats(newest)
            .build();
    HostHistory host =
        HostHistory.newBuilder()
            .setHost("trade-b")
            .addLoad(LoadPoint.newBuilder().setWallMillis(4))
            .addLoad(load)
            .build();
    world.remember(History.newBuilder().addServices(service).addHosts(host).build());

    assertThat(view.history("trade-b", "web_ui").getServicesList()).containsExactly(service);
    assertThat(view.history("trade-b", "web_ui").getHostsList()).containsExactly(host);
    var status = world.view().status();
    assertThat(status.getServices(5).getBeat()).isEqualTo(newest);
    assertThat(status.getServices(0).hasBeat()).isFalse();
    assertThat(status.getHosts(1).getLoad()).isEqualTo(load);
    assertThat(status.getHosts(0).hasLoad()).isFalse();
  }

  private static Beat beat(long wallMillis) {
    return Beat.newBuilder().setWallMillis(wallMillis).setVerdict(Verdict.VERDICT_HEALTHY).build();
  }

  private static List<String> names(History history) {
    return history.getServicesList().stream()
        .map(service -> service.getService() + "@" + service.getHost())
        .toList();
  }

  private static List<String> hosts(History history) {
    return history.getHostsList().stream().map(HostHistory::getHost).toList();
  }
}
