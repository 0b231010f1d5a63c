package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Every service of the plan on each of its hosts. */
@Command(name = "services")
final class ServicesCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Mixin private WatchOptions watch;

  ServicesCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return watch.run(
        root, new StatusReport.Shape(ServicesCommand::document, this::print, Answers::ofServices));
  }

  private static ObjectNode document(SystemStatus status) {
    ObjectNode document = MessageJson.object();
    document.set("services", MessageJson.of(status).get("services"));
    return document;
  }

  private void print(SystemStatus status, PrintWriter out) {
    if (status.getPlanHash().isEmpty()) {
      out.println(root.texts().text("status.no_plan"));
    } else {
      new StatusView(root.texts()).services(status).print(out);
    }
  }
}
