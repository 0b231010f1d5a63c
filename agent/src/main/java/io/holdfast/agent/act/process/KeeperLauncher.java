package io.holdfast.agent.act.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Begins a keeper as a process that is nobody's child but init's, in its own session. */
final class KeeperLauncher {
  private static final long MAX_LOG_BYTES = 1024 * 1024;

  private final Path program;

  KeeperLauncher(Path program) {
    this.program = program;
  }

  /** Begins it; its first report says that it is there. */
  void launch(KeeperDirectory directory) throws IOException {
    if (!Files.isReadable(program)) {
      throw new IOException("the keeper program " + program + " is not there or not readable");
    }
    directory.create();
    boolean fresh =
        Files.notExists(directory.keeperLog()) || Files.size(directory.keeperLog()) > MAX_LOG_BYTES;
    File log = directory.keeperLog().toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid", "--fork", "bash", program.toString(), directory.path().toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH")); // the agent's secrets are not the keeper's
    builder
        .directory(new File("/"))
        .redirectInput(new File("/dev/null"))
        .redirectOutput(fresh ? Redirect.to(log) : Redirect.appendTo(log))
        .redirectErrorStream(true)
        .start();
  }

  /** The last line that the keeper wrote to its log, for people; may be empty. */
  static String lastWords(KeeperDirectory directory) {
    try {
      List<String> lines = Files.readAllLines(directory.keeperLog(), StandardCharsets.ISO_8859_1);
      return lines.isEmpty() ? "" : lines.getLast();
    } catch (IOException e) {
      return "";
    }
  }
}
