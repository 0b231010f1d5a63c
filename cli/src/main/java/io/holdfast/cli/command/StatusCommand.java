package io.holdfast.cli.command;

import io.holdfast.cli.text.MessageJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is the system well, and if not, what is not. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Mixin private WatchOptions watch;

  StatusCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    StatusView view = new StatusView(root.texts());
    return watch.run(root, new StatusReport.Shape(MessageJson::of, view::print, Answers::of));
  }
}
