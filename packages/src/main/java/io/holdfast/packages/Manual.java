package io.holdfast.packages;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.Terminal;
import io.holdfast.cli.command.Commands;
import io.holdfast.cli.text.Language;
import io.holdfast.cli.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what follows from the commands of {@code holdfast}: its manual page and its completions.
 * {@code Manual DIRECTORY BUILD}.
 */
public final class Manual {

  private Manual() {}

  /** Writes the files, or fails the build. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    CommandSpec root = Commands.describe(terminal(new StringWriter()), new Texts(Language.ENGLISH));
    Files.writeString(directory.resolve("holdfast.1"), new ManualPage(arguments[1]).of(root));
    Files.writeString(directory.resolve("completion.bash"), installed(said("completion", "bash")));
    // The first line is how zsh finds out what a file completes.
    Files.writeString(
        directory.resolve("completion.zsh"),
        "#compdef holdfast\n" + installed(said("completion", "zsh")));
  }

  /** Installed it is loaded by itself: without the lines that say how to load or run it. */
  private static String installed(String completion) {
    return completion
        .lines()
        .skip(1)
        .dropWhile(line -> line.startsWith("#!"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String said(String... command) {
    StringWriter out = new StringWriter();
    if (Holdfast.run(terminal(out), command) != 0) {
      throw new IllegalStateException("holdfast refuses: " + String.join(" ", command));
    }
    return out.toString();
  }

  private static Terminal terminal(StringWriter out) {
    PrintWriter writer = new PrintWriter(out);
    return new Terminal(writer, writer, Map.of("LC_ALL", "C"), false, question -> Optional.empty());
  }
}
