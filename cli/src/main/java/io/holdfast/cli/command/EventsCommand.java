package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.collector.CollectorClient.Silence;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the agents saw and did, in the ledger's order. */
@Command(name = "events")
final class EventsCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final int USUAL = 20;

  private final HoldfastCommand root;
  private final EventsView view;

  @Option(
      names = {"-f", "--follow"},
      descriptionKey = "events.follow")
  private boolean follow;

  @Option(names = "--host", paramLabel = "HOST", descriptionKey = "events.host")
  private String host = "";

  @Option(names = "--service", paramLabel = "SERVICE", descriptionKey = "events.service")
  private String service = "";

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "events.limit")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--after", paramLabel = "POSITION", descriptionKey = "events.after")
  private Optional<Long> after = Optional.empty();

  @Spec private CommandSpec spec;

  private final Table table;

  /** For people: in which zone times are told, and what day it is. */
  private SystemStatus status = SystemStatus.getDefaultInstance();

  EventsCommand(HoldfastCommand root) {
    this.root = root;
    this.view = new EventsView(root.texts());
    this.table = view.table();
  }

  @Override
  public Integer call() {
    limit.ifPresent(asked -> root.requireBetween(spec, "--limit", asked, 0, MOST));
    after.ifPresent(asked -> root.requireBetween(spec, "--after", asked, 0, Long.MAX_VALUE));
    try (CollectorClient client = root.connect()) {
      EventPages pages = new EventPages(client, host, service);
      if (root.forPeople()) {
        status = client.call(StatusGrpcClient.GetStatus, GetStatusRequest.getDefaultInstance());
      }
      if (follow) {
        follow(pages);
      } else {
        list(pages);
      }
      return ExitCode.FINE;
    }
  }

  private void list(EventPages pages) {
    EventPages.Read read = read(pages);
    if (!root.forPeople()) {
      root.print(
          MessageJson.of(
              ListEventsResponse.newBuilder()
                  .addAllEvents(read.events())
                  .setOldest(read.oldest())
                  .build()));
    } else if (read.events().isEmpty()) {
      root.terminal().out().println(root.texts().text("events.none"));
    } else {
      printTable(read.events());
    }
  }

  private EventPages.Read read(EventPages pages) {
    int count = limit.orElse(USUAL);
    if (after.isEmpty()) {
      return pages.newest(count);
    }
    EventPages.Read read = pages.after(after.get(), count);
    if (after.get() > 0 && after.get() < read.oldest() - 1) {
      PrintWriter err = root.terminal().err();
      err.println(root.texts().text("events.not_kept", Long.toString(read.oldest())));
      err.flush();
    }
    return read;
  }

  private void printTable(List<RecordedEvent> events) {
    Times times = Times.of(status.getTimezone(), status.getWallMillis());
    events.forEach(event -> table.row(view.row(event, times)));
    table.print(root.terminal().out());
  }

  /** The newest first, or those after the position asked for, and then each as it comes. */
  private void follow(EventPages pages) {
    boolean begun = after.isEmpty();
    Position position = new Position(begun ? backlog(pages) : after.orElseThrow());
    if (!begun && root.forPeople()) {
      table.print(root.terminal().out());
      root.terminal().out().flush();
    }
    new Reconnecting(root)
        .run(
            begun,
            () ->
                pages
                    .client()
                    .watch(
                        EventsGrpcClient.WatchEvents,
                        pages.request(position.last),
                        Silence.IS_NORMAL,
                        event -> {
                          position.last = event.getPosition();
                          return !pages.isAskedFor(event) || show(event);
                        }));
  }

  private long backlog(EventPages pages) {
    EventPages.Read read = pages.newest(limit.orElse(USUAL));
    if (root.forPeople()) {
      printTable(read.events());
      root.terminal().out().flush();
    } else {
      read.events().forEach(event -> root.printNext(MessageJson.of(event)));
    }
    return read.last();
  }

  /** False when nobody reads any more. */
  private boolean show(RecordedEvent event) {
    PrintWriter out = root.terminal().out();
    if (root.forPeople()) {
      Times times = Times.of(status.getTimezone(), System.currentTimeMillis());
      table.append(out, view.row(event, times));
    } else {
      root.printNext(MessageJson.of(event));
    }
    return !out.checkError();
  }

  /** Where to go on after a loss. */
  private static final class Position {
    private long last;

    Position(long last) {
      this.last = last;
    }
  }
}
