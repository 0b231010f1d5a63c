package io.holdfast.cli.command;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.RecordedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads the ledger's list of events page by page.
 *
 * @param host empty: of all hosts
 * @param service empty: of all services, and those that are about none
 */
record EventPages(CollectorClient client, String host, String service) {
  private static final int PAGE = 1000;

  /**
   * What was read.
   *
   * @param last position of the newest event looked at, shown or not
   * @param oldest position of the oldest event still kept
   */
  record Read(List<RecordedEvent> events, long last, long oldest) {}

  /** The newest {@code count} of those that are asked for, oldest first. */
  Read newest(int count) {
    Deque<RecordedEvent> newest = new ArrayDeque<>();
    long last = 0;
    ListEventsResponse page;
    do {
      page = page(last);
      for (RecordedEvent event : page.getEventsList()) {
        last = event.getPosition();
        if (isAskedFor(event)) {
          newest.add(event);
        }
        if (newest.size() > count) {
          newest.removeFirst();
        }
      }
    } while (page.getEventsCount() == PAGE);
    return new Read(List.copyOf(newest), last, page.getOldest());
  }

  /** The first {@code count} after a position of those that are asked for. */
  Read after(long position, int count) {
    List<RecordedEvent> first = new ArrayList<>();
    long last = position;
    ListEventsResponse page;
    do {
      page = page(last);
      for (RecordedEvent event : page.getEventsList()) {
        if (first.size() < count) {
          last = event.getPosition();
          if (isAskedFor(event)) {
            first.add(event);
          }
        }
      }
    } while (first.size() < count && page.getEventsCount() == PAGE);
    return new Read(first, last, page.getOldest());
  }

  private ListEventsResponse page(long after) {
    return client.call(
        EventsGrpcClient.ListEvents, request(after).toBuilder().setLimit(PAGE).build());
  }

  ListEventsRequest request(long after) {
    return ListEventsRequest.newBuilder().setAfter(after).setHost(host).build();
  }

  boolean isAskedFor(RecordedEvent event) {
    return service.isEmpty() || service.equals(serviceOf(event.getEvent()));
  }

  /** The service that the event is about; empty: none, or several. */
  static String serviceOf(Event event) {
    for (Map.Entry<FieldDescriptor, Object> field : event.getAllFields().entrySet()) {
      if (field.getValue() instanceof Message told) {
        FieldDescriptor named = told.getDescriptorForType().findFieldByName("service");
        return named == null ? "" : (String) told.getField(named);
      }
    }
    return "";
  }
}
