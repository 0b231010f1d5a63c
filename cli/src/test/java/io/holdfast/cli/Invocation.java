package io.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One run of the command, and what came of it. */
final class Invocation {
  private final Map<String, String> environment = new HashMap<>(Map.of("LANG", "en_US.UTF-8"));
  private Optional<String> typed = Optional.empty();

  String out = "";
  String err = "";
  String question = "";
  int exitCode;

  Invocation with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A person is there, and types this. */
  Invocation typing(String answer) {
    typed = Optional.of(answer);
    return this;
  }

  Invocation run(String... arguments) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(outText),
            new PrintWriter(errText),
            environment,
            false,
            asked -> {
              question = asked;
              return typed;
            });
    exitCode = Holdfast.run(terminal, arguments);
    out = outText.toString();
    err = errText.toString();
    return this;
  }
}
