package io.holdfast.cli;

import io.holdfast.cli.command.Commands;
import io.holdfast.cli.text.Language;
import io.holdfast.cli.text.Texts;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;

/** The program {@code holdfast}. */
public final class Holdfast {
  private static final String LANGUAGE_OPTION = "--lang";

  private Holdfast() {}

  /** Ends the JVM with one of {@link ExitCode}. */
  public static void main(String[] arguments) {
    // What libraries log is not for the operator, who gets one message that is complete.
    LogManager.getLogManager().reset();
    // Without this, System.console() of newer JDKs is there even where nobody can answer.
    System.setProperty("jdk.console", "java.base");
    cheapKeyStores();
    Optional<Console> console = Optional.ofNullable(System.console());
    Terminal terminal =
        new Terminal(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            System.getenv(),
            console.isPresent(),
            question -> console.map(present -> present.readLine("%s", question)));
    System.exit(run(terminal, arguments));
  }

  /**
   * Vert.x makes a key store of the PEM files, in memory and with a password that is in its source:
   * ten thousand rounds of hashing that password protect nothing and take a fifth of a second.
   */
  private static void cheapKeyStores() {
    System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
    System.setProperty("keystore.pkcs12.certPbeIterationCount", "1");
    System.setProperty("keystore.pkcs12.macIterationCount", "1");
  }

  /** Carries out one command line. */
  public static int run(Terminal terminal, String... arguments) {
    try {
      return Commands.run(terminal, language(terminal, List.of(arguments)), arguments);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /** Known before anything is parsed, since the messages of the parser need it. */
  private static Texts language(Terminal terminal, List<String> arguments) {
    return new Texts(
        asked(arguments)
            .flatMap(Language::ofTag)
            .orElseGet(() -> Language.ofEnvironment(environment(terminal))));
  }

  private static Map<String, String> environment(Terminal terminal) {
    // The launcher gives the JVM a UTF-8 locale and passes on the one that the user has.
    String original = terminal.environment().get("HOLDFAST_LOCALE");
    return original == null ? terminal.environment() : Map.of("LC_ALL", original);
  }

  private static Optional<String> asked(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(LANGUAGE_OPTION) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
      if (argument.startsWith(LANGUAGE_OPTION + "=")) {
        return Optional.of(argument.substring(LANGUAGE_OPTION.length() + 1));
      }
    }
    return Optional.empty();
  }
}
