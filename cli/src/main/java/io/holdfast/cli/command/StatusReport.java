package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.collector.CollectorClient.Silence;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Shows the status in a command's way: once, or with {@code --watch} whenever it changes. */
final class StatusReport {
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

  private final HoldfastCommand root;
  private final Shape shape;
  private int shown;
  private int lastAnswer = ExitCode.FINE;

  /**
   * What a command makes of the status.
   *
   * @param document for programs
   * @param people prints it for people
   * @param answer gives one of {@link ExitCode}
   */
  record Shape(
      Function<SystemStatus, ObjectNode> document,
      People people,
      ToIntFunction<SystemStatus> answer) {}

  /** Prints for people. */
  interface People {
    void print(SystemStatus status, PrintWriter out);
  }

  StatusReport(HoldfastCommand root, Shape shape) {
    this.root = root;
    this.shape = shape;
  }

  /** Gives one of {@link ExitCode}. */
  int once() {
    try (CollectorClient client = root.connect()) {
      SystemStatus status =
          client.call(StatusGrpcClient.GetStatus, GetStatusRequest.getDefaultInstance());
      if (root.forPeople()) {
        shape.people().print(status, root.terminal().out());
      } else {
        root.print(shape.document().apply(status));
      }
      return shape.answer().applyAsInt(status);
    }
  }

  /**
   * Stays until it has shown {@code updates} answers, and gives the last one's exit code.
   *
   * @param updates 0: until it is interrupted
   */
  int watch(int updates) {
    try (CollectorClient client = root.connect()) {
      // Once it has shown something, a watch outlives the collector that it watches through.
      new Reconnecting(root)
          .run(
              false,
              () ->
                  client.watch(
                      StatusGrpcClient.WatchStatus,
                      GetStatusRequest.getDefaultInstance(),
                      Silence.IS_A_LOSS,
                      status -> show(status, updates)));
      return lastAnswer;
    }
  }

  private boolean show(SystemStatus status, int updates) {
    PrintWriter out = root.terminal().out();
    if (root.forPeople()) {
      if (root.terminal().interactive()) {
        out.print(CLEAR_SCREEN);
      } else if (shown > 0) {
        out.println();
      }
      shape.people().print(status, out);
    } else {
      root.printNext(shape.document().apply(status));
    }
    shown++;
    lastAnswer = shape.answer().applyAsInt(status);
    boolean somebodyReads = !out.checkError();
    return somebodyReads && (updates == 0 || shown < updates);
  }
}
