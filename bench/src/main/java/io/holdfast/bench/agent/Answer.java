package io.holdfast.bench.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the sample API server who it is. */
final class Answer {

  private static final int CONNECT_MILLIS = 200;
  private static final int READ_MILLIS = 1000;
  private static final Pattern CORRECT =
      Pattern.compile("HTTP/1\\.[01] 200 .*\"pid\":(\\d{1,10})[^0-9].*", Pattern.DOTALL);

  private Answer() {}

  /** The process that answers correctly at this moment; empty when none does. */
  static OptionalLong pid(URI health) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(health.getHost(), health.getPort()), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      String question = "GET " + health.getPath() + " HTTP/1.0\r\nHost: bench\r\n\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      Matcher correct = CORRECT.matcher(new String(answer, StandardCharsets.UTF_8));
      return correct.matches()
          ? OptionalLong.of(Long.parseLong(correct.group(1)))
          : OptionalLong.empty();
    } catch (IOException notNow) {
      return OptionalLong.empty();
    }
  }
}
