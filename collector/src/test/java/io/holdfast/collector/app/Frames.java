package io.holdfast.collector.app;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 by hand, for what no client library would send. */
final class Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int CONTINUATION = 9;
  static final int END_HEADERS = 4;
  private static final int SHORT = 0x7f;

  private Frames() {}

  /** What a client says first. */
  static Buffer hello() {
    return Buffer.buffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .appendBuffer(frame(SETTINGS, 0, 0, Buffer.buffer()));
  }

  static Buffer frame(int type, int flags, int stream, Buffer payload) {
    return Buffer.buffer()
        .appendMedium(payload.length())
        .appendByte((byte) type)
        .appendByte((byte) flags)
        .appendInt(stream)
        .appendBuffer(payload);
  }

  /** A call of gRPC that its caller does not end. */
  static Buffer call(int stream, String method) {
    return frame(HEADERS, END_HEADERS, stream, callHeaders(method));
  }

  static Buffer callHeaders(String method) {
    Buffer block = Buffer.buffer(new byte[] {(byte) 0x83, (byte) 0x87});
    header(block, ":path", method);
    header(block, ":authority", "localhost");
    header(block, "content-type", "application/grpc");
    header(block, "te", "trailers");
    return block;
  }

  /** A header that is not put into the table. */
  static Buffer header(Buffer block, String name, String value) {
    return text(text(block.appendByte((byte) 0), name), value);
  }

  private static Buffer text(Buffer block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < SHORT) {
      return block.appendByte((byte) bytes.length).appendBytes(bytes);
    }
    block.appendByte((byte) SHORT);
    int rest = bytes.length - SHORT;
    while (rest > SHORT) {
      block.appendByte((byte) (rest & SHORT | 0x80));
      rest >>= 7;
    }
    return block.appendByte((byte) rest).appendBytes(bytes);
  }

  /** A message of gRPC that promises {@code length} bytes and brings {@code content}. */
  static Buffer message(boolean compressed, int length, Buffer content) {
    return Buffer.buffer()
        .appendByte((byte) (compressed ? 1 : 0))
        .appendInt(length)
        .appendBuffer(content);
  }
}
