package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.util.List;

/** Whether an answer is good. What is not known is not good. */
final class Answers {
  private Answers() {}

  static int of(SystemStatus status) {
    boolean good =
        !status.getPlanHash().isEmpty()
            && status.getHostsList().stream().allMatch(HostStatus::getConnected)
            && status.getOpenIncidentsCount() == 0
            && allHealthy(status.getServicesList());
    return good ? ExitCode.FINE : ExitCode.BAD_ANSWER;
  }

  static int ofServices(SystemStatus status) {
    boolean good = !status.getPlanHash().isEmpty() && allHealthy(status.getServicesList());
    return good ? ExitCode.FINE : ExitCode.BAD_ANSWER;
  }

  static int ofHosts(SystemStatus status) {
    boolean good =
        !status.getPlanHash().isEmpty()
            && status.getHostsList().stream()
                .allMatch(
                    host -> host.getConnected() && HostsView.worksFromThePlanInForce(status, host));
    return good ? ExitCode.FINE : ExitCode.BAD_ANSWER;
  }

  private static boolean allHealthy(List<ServiceStatus> services) {
    return services.stream().allMatch(service -> service.getVerdict() == Verdict.VERDICT_HEALTHY);
  }
}
