package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.IncidentsGrpcClient;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.ListIncidentsResponse;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is broken now, or was. */
@Command(name = "incidents")
final class IncidentsCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  private final HoldfastCommand root;

  @Option(names = "--all", descriptionKey = "incidents.all")
  private boolean all;

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "incidents.limit")
  private Optional<Integer> limit = Optional.empty();

  @Mixin private WatchOptions watch;

  @Spec private CommandSpec spec;

  IncidentsCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    limit.ifPresent(asked -> root.requireBetween(spec, "--limit", asked, 1, MOST));
    if (!watch.asked()) {
      return list();
    }
    if (all || limit.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          root.texts().text("usage.not_with", "--watch", all ? "--all" : "--limit"));
    }
    return watch.run(
        root,
        new StatusReport.Shape(
            IncidentsCommand::document,
            this::print,
            status -> answer(status.getOpenIncidentsList())));
  }

  private int list() {
    try (CollectorClient client = root.connect()) {
      ListIncidentsResponse answer =
          client.call(
              IncidentsGrpcClient.ListIncidents,
              ListIncidentsRequest.newBuilder()
                  .setOpenOnly(!all)
                  .setLimit(limit.orElse(USUAL))
                  .build());
      if (root.forPeople()) {
        Times times = Times.of(answer.getTimezone(), System.currentTimeMillis());
        print(answer.getIncidentsList(), times, root.terminal().out());
      } else {
        root.print(MessageJson.of(answer));
      }
      return answer(answer.getIncidentsList());
    }
  }

  private static int answer(List<Incident> incidents) {
    return incidents.stream().anyMatch(Incident::getOpen) ? ExitCode.BAD_ANSWER : ExitCode.FINE;
  }

  /** The same as the list's. */
  private static ObjectNode document(SystemStatus status) {
    return MessageJson.of(
        ListIncidentsResponse.newBuilder()
            .addAllIncidents(status.getOpenIncidentsList())
            .setTimezone(status.getTimezone())
            .build());
  }

  private void print(SystemStatus status, PrintWriter out) {
    Times times = Times.of(status.getTimezone(), status.getWallMillis());
    print(status.getOpenIncidentsList(), times, out);
  }

  private void print(List<Incident> incidents, Times times, PrintWriter out) {
    if (incidents.isEmpty()) {
      out.println(root.texts().text(all ? "incidents.none" : "incidents.none_open"));
    } else {
      new IncidentsView(root.texts()).table(incidents, times).print(out);
    }
  }
}
