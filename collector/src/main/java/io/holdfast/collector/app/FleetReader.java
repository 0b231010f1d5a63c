package io.holdfast.collector.app;

import io.holdfast.collector.api.FleetView;
import io.holdfast.collector.fleet.Fleet;
import io.holdfast.core.Moment;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.List;
import java.util.Optional;

/** The fleet as the API asks for it. */
record FleetReader(Fleet fleet) implements FleetView {

  @Override
  public Optional<HostLink> host(String name) {
    return fleet.host(name).map(FleetReader::link);
  }

  @Override
  public List<Beat> beats(String host, String service, int most) {
    return fleet.beats(host, service, most);
  }

  @Override
  public List<LoadPoint> load(String host, int most) {
    return fleet.load(host, most);
  }

  private static HostLink link(Fleet.HostEntry entry) {
    Optional<Heard> heard =
        entry
            .heartbeat()
            .map(heartbeat -> new Heard(heartbeat, entry.heardAt().orElse(new Moment(0, 0))));
    return new HostLink(
        entry.connected(),
        entry.planHash(),
        entry.build(),
        entry.stream(),
        entry.certificateEndsWallMillis(),
        heard);
  }
}
