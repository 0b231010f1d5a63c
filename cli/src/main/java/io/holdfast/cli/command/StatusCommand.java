package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Is the system well, and if not, what is not. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

  private final HoldfastCommand root;
  private final StatusView view;

  @Option(names = "--watch", descriptionKey = "status.watch")
  private boolean watch;

  @Option(names = "--updates", paramLabel = "N", descriptionKey = "status.updates")
  private int updates;

  private int shown;
  private int lastAnswer = ExitCode.FINE;

  StatusCommand(HoldfastCommand root) {
    this.root = root;
    this.view = new StatusView(root.texts());
  }

  @Override
  public Integer call() {
    try (CollectorClient client = root.connect()) {
      if (watch) {
        return watch(client);
      }
      SystemStatus status =
          client.call(StatusGrpcClient.GetStatus, GetStatusRequest.getDefaultInstance());
      PrintWriter out = root.terminal().out();
      if (root.json()) {
        out.println(MessageJson.pretty(MessageJson.of(status)));
      } else {
        view.print(status, out);
      }
      return Answers.of(status);
    }
  }

  private int watch(CollectorClient client) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        String why =
            client.watch(
                StatusGrpcClient.WatchStatus, GetStatusRequest.getDefaultInstance(), this::show);
        if (why.isEmpty()) {
          return lastAnswer;
        }
        say(root.texts().text("status.lost", why));
      } catch (CliFailure failure) {
        // Once it has shown something, a watch outlives the collector that it watches through.
        if (shown == 0 || failure.exitCode() != ExitCode.UNREACHABLE) {
          throw failure;
        }
        say(failure.getMessage());
      }
      pause();
    }
    return lastAnswer;
  }

  private boolean show(SystemStatus status) {
    PrintWriter out = root.terminal().out();
    if (root.json()) {
      out.println(MessageJson.of(status));
    } else {
      if (root.terminal().interactive()) {
        out.print(CLEAR_SCREEN);
      } else if (shown > 0) {
        out.println();
      }
      view.print(status, out);
    }
    out.flush();
    shown++;
    lastAnswer = Answers.of(status);
    return updates == 0 || shown < updates;
  }

  private void say(String message) {
    root.terminal().err().println(message);
    root.terminal().err().flush();
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
