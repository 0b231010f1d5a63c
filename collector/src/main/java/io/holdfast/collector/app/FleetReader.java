package io.holdfast.collector.app;

import io.holdfast.collector.api.FleetView;
import io.holdfast.collector.fleet.Fleet;
import io.holdfast.core.Moment;
import java.util.Optional;

/** The fleet as the API asks for it. */
record FleetReader(Fleet fleet) implements FleetView {

  @Override
  public Optional<HostLink> host(String name) {
    return fleet.host(name).map(FleetReader::link);
  }

  private static HostLink link(Fleet.HostEntry entry) {
    Optional<Beat> beat =
        entry
            .heartbeat()
            .map(heartbeat -> new Beat(heartbeat, entry.heardAt().orElse(new Moment(0, 0))));
    return new HostLink(entry.connected(), entry.planHash(), entry.build(), beat);
  }
}
