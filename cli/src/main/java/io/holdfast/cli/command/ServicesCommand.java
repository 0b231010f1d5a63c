package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Every service of the plan on each of its hosts. */
@Command(name = "services")
final class ServicesCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  ServicesCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (CollectorClient client = root.connect()) {
      SystemStatus status =
          client.call(StatusGrpcClient.GetStatus, GetStatusRequest.getDefaultInstance());
      PrintWriter out = root.terminal().out();
      if (root.json()) {
        ObjectNode object = MessageJson.object();
        object.set("services", MessageJson.of(status).get("services"));
        out.println(MessageJson.pretty(object));
      } else if (status.getPlanHash().isEmpty()) {
        out.println(root.texts().text("status.no_plan"));
      } else {
        new StatusView(root.texts()).services(status).print(out);
      }
      return Answers.ofServices(status);
    }
  }
}
