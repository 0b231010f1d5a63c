package io.holdfast.collector.api.web;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.buffer.Buffer;

/** The status in protobuf's JSON; written once for all who get the same instance. */
final class StatusJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private SystemStatus last = SystemStatus.getDefaultInstance();
  private Buffer lastEvent = Buffer.buffer();

  /** As a document. */
  Buffer of(SystemStatus status) {
    return Buffer.buffer(print(status));
  }

  /** As a server-sent event called {@code status}. */
  @SuppressWarnings("ReferenceEquality") // the feed gives one instance to all
  Buffer event(SystemStatus status) {
    if (status != last) {
      last = status;
      lastEvent = Buffer.buffer("event: status\ndata: " + print(status) + "\n\n");
    }
    return lastEvent;
  }

  private static String print(SystemStatus status) {
    try {
      return PRINTER.print(status);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
