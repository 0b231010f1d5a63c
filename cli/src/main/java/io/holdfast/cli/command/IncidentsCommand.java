package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.IncidentsGrpcClient;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.ListIncidentsResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is broken now, or was. */
@Command(name = "incidents")
final class IncidentsCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  private final HoldfastCommand root;

  @Option(names = "--all", descriptionKey = "incidents.all")
  private boolean all;

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "incidents.limit")
  private int limit = 100;

  @Spec private picocli.CommandLine.Model.CommandSpec spec;

  IncidentsCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(
          spec.commandLine(), root.texts().text("incidents.limit_range", limit, MOST));
    }
    try (CollectorClient client = root.connect()) {
      ListIncidentsResponse answer =
          client.call(
              IncidentsGrpcClient.ListIncidents,
              ListIncidentsRequest.newBuilder().setOpenOnly(!all).setLimit(limit).build());
      print(answer);
      return answer.getIncidentsList().stream().anyMatch(Incident::getOpen)
          ? ExitCode.BAD_ANSWER
          : ExitCode.FINE;
    }
  }

  private void print(ListIncidentsResponse answer) {
    PrintWriter out = root.terminal().out();
    if (root.json()) {
      out.println(MessageJson.pretty(MessageJson.of(answer)));
    } else if (answer.getIncidentsCount() == 0) {
      out.println(root.texts().text(all ? "incidents.none" : "incidents.none_open"));
    } else {
      Times times = Times.of(answer.getTimezone(), System.currentTimeMillis());
      new IncidentsView(root.texts()).table(answer.getIncidentsList(), times).print(out);
    }
  }
}
