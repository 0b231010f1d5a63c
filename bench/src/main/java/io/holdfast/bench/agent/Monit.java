package io.holdfast.bench.agent;

import io.holdfast.bench.stage.Scene;
import io.holdfast.demo.stage.Place;
import io.holdfast.demo.stage.RunFolder;
import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Debian's monit with a control file of its own.
 *
 * @param kept the service that it brings back
 */
record Monit(Process process, Kept kept) {

  /** Starts it, and waits until it has started its service. */
  static Monit start(Scene scene, Program program, String address) throws InterruptedException {
    URI health = Place.apiServerHealth(address);
    Process process;
    try {
      Path control = write(scene, address);
      process =
          scene
              .stage()
              .startBeside(
                  "monit", List.of(program.path().toString(), "-I", "-c", control.toString()));
    } catch (IOException e) {
      throw StageException.failed("cannot write monit's files: " + e.getMessage(), e);
    }
    Kills.await(
        () -> Answer.pid(health).isPresent(),
        "monit has not started its service: " + scene.run().endOfLog("monit"));
    // It has no word for "well": its next look finds the process that answers.
    return new Monit(process, new Kept(program.name(), health, () -> true));
  }

  private static Path write(Scene scene, String address) throws IOException {
    Path folder = scene.run().path().resolve("monit");
    Files.createDirectory(folder);
    Path start = folder.resolve("start-kept");
    Path pid = folder.resolve("kept.pid");
    Files.writeString(start, startScript(scene, address, pid));
    var file =
        new MonitFile(
            folder,
            scene.place().engineAddress(),
            scene.place().engineAddress(),
            scene.stage().databasePort(),
            scene.run().postgres().resolve("data/postmaster.pid"),
            scene.stage().collectedFile(),
            "with pidfile \"%s\"".formatted(pid),
            "/bin/sh '%s'".formatted(start));
    Path control = Files.writeString(folder.resolve("monitrc"), file.text());
    // It refuses a control file that others can read.
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rw-------"));
    return control;
  }

  /**
   * monit passes on none of its environment, and the mark of the run is how leftovers are found.
   */
  private static String startScript(Scene scene, String address, Path pid) {
    String command =
        scene.stage().apiServerAt(address).stream()
            .map(Monit::quoted)
            .collect(Collectors.joining(" "));
    return """
    export %s=%s
    setsid %s </dev/null >/dev/null 2>&1 &
    echo $! >%s
    """
        .formatted(
            RunFolder.VARIABLE,
            quoted(scene.run().path().toString()),
            command,
            quoted(pid.toString()));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
