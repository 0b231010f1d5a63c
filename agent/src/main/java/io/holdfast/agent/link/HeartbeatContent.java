package io.holdfast.agent.link;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.load.HostSample;
import java.util.List;
import java.util.Optional;

/**
 * What a heartbeat says.
 *
 * @param sample empty while the host was not sampled yet
 */
public record HeartbeatContent(Moment at, Optional<HostSample> sample, List<ServiceView> services) {

  /** Copies the list. */
  public HeartbeatContent {
    services = List.copyOf(services);
  }
}
