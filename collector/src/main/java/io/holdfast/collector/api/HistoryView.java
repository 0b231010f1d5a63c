package io.holdfast.collector.api;

import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.HostHistory;
import io.holdfast.proto.v1.ServiceHistory;
import java.util.List;
import java.util.function.Predicate;

/** The fleet's past of what the plan in force has, in the plan's order. */
public final class HistoryView implements HistorySource {
  private final LedgerSource ledger;
  private final FleetView fleet;

  /** A view that reads anew each time it is asked. */
  public HistoryView(LedgerSource ledger, FleetView fleet) {
    this.ledger = ledger;
    this.fleet = fleet;
  }

  @Override
  public History history(String host, String service) {
    return ledger
        .read()
        .state()
        .planInForce()
        .map(plan -> history(plan, host, service))
        .orElse(History.getDefaultInstance());
  }

  private History history(Plan plan, String host, String service) {
    List<Service> services =
        plan.services().values().stream().filter(each -> matches(service, each.name())).toList();
    History.Builder history = History.newBuilder();
    for (Service each : services) {
      each.runsOn().stream()
          .filter(on -> matches(host, on))
          .forEach(on -> history.addServices(past(each.name(), on)));
    }
    plan.hosts().keySet().stream()
        .filter(each -> matches(host, each))
        .filter(each -> service.isEmpty() || services.stream().anyMatch(runsOn(each)))
        .forEach(each -> history.addHosts(past(each)));
    return history.build();
  }

  private static boolean matches(String asked, String name) {
    return asked.isEmpty() || asked.equals(name);
  }

  private static Predicate<Service> runsOn(String host) {
    return service -> service.runsOn().contains(host);
  }

  private ServiceHistory.Builder past(String service, String host) {
    return ServiceHistory.newBuilder()
        .setHost(host)
        .setService(service)
        .addAllBeats(fleet.beats(host, service, Integer.MAX_VALUE));
  }

  private HostHistory.Builder past(String host) {
    return HostHistory.newBuilder().setHost(host).addAllLoad(fleet.load(host, Integer.MAX_VALUE));
  }
}
