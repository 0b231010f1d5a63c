package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Every host of the plan: is it connected, and which plan and build does it work from. */
@Command(name = "hosts")
final class HostsCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Mixin private WatchOptions watch;

  HostsCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return watch.run(
        root, new StatusReport.Shape(HostsCommand::document, this::print, Answers::ofHosts));
  }

  private static ObjectNode document(SystemStatus status) {
    ObjectNode document = MessageJson.object().put("plan_hash", status.getPlanHash());
    ArrayNode hosts = document.putArray("hosts");
    for (HostStatus host : status.getHostsList()) {
      boolean inForce = HostsView.worksFromThePlanInForce(status, host);
      hosts.add(MessageJson.of(host).put("plan_in_force", inForce));
    }
    return document;
  }

  private void print(SystemStatus status, PrintWriter out) {
    if (status.getPlanHash().isEmpty()) {
      out.println(root.texts().text("status.no_plan"));
      return;
    }
    new HostsView(root.texts()).full(status).print(out);
    out.println();
    String hash = StatusView.shortHash(status.getPlanHash());
    out.println(root.texts().text("hosts.plan_in_force", hash));
  }
}
