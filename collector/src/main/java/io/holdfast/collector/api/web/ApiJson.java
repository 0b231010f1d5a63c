package io.holdfast.collector.api.web;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.buffer.Buffer;

/** Answers in protobuf's JSON; a status is written once for all who get the same instance. */
final class ApiJson {
  private static final JsonFormat.Printer COMPACT =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Printer WITH_DEFAULTS = COMPACT.alwaysPrintFieldsWithNoPresence();

  private SystemStatus last = SystemStatus.getDefaultInstance();
  private Buffer lastEvent = Buffer.buffer();

  /** The status as a document. */
  Buffer of(SystemStatus status) {
    return Buffer.buffer(print(WITH_DEFAULTS, status));
  }

  /** The history as a document; what has its default is left out, because there is much of it. */
  Buffer of(History history) {
    return Buffer.buffer(print(COMPACT, history));
  }

  /** As a server-sent event called {@code status}. */
  @SuppressWarnings("ReferenceEquality") // the feed gives one instance to all
  Buffer event(SystemStatus status) {
    if (status != last) {
      last = status;
      lastEvent = Buffer.buffer("event: status\ndata: " + print(WITH_DEFAULTS, status) + "\n\n");
    }
    return lastEvent;
  }

  private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
