package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.pki.DemoPki;
import io.holdfast.pki.PkiException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a throw-away certificate authority and everybody's certificates. */
@Command(name = "demo")
final class PkiDemoCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Option(
      names = "--directory",
      required = true,
      paramLabel = "DIR",
      descriptionKey = "pki.directory")
  private Path directory;

  @Option(
      names = "--host",
      required = true,
      arity = "1..*",
      paramLabel = "NAME",
      descriptionKey = "pki.host")
  private List<String> hosts;

  @Option(
      names = "--collector",
      required = true,
      arity = "1..*",
      paramLabel = "NAME",
      descriptionKey = "pki.collector")
  private List<String> collectors;

  @Option(names = "--address", arity = "1..*", paramLabel = "ADDR", descriptionKey = "pki.address")
  private List<String> addresses = List.of("127.0.0.1", "localhost");

  PkiDemoCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try {
      DemoPki.create(directory, hosts, collectors, addresses);
    } catch (PkiException e) {
      throw new CliFailure(ExitCode.WRONG_USAGE, Display.escape(String.valueOf(e.getMessage())));
    }
    if (root.forPeople()) {
      String shown = Display.escape(directory.toString());
      String made = root.texts().text("pki.made", shown, hosts.size(), collectors.size());
      root.terminal().out().println(made);
    } else {
      root.print(MessageJson.object().put("directory", directory.toString()));
    }
    return ExitCode.FINE;
  }
}
