package io.holdfast.bench.agent;

import io.holdfast.bench.stage.Scene;
import java.net.URI;
import java.util.List;

/**
 * Debian's prometheus-node-exporter with its default collectors.
 *
 * @param metrics the page that it serves
 */
record NodeExporter(Process process, URI metrics) {

  static final int PORT = 9100;

  /** Starts it at the address of the run's collector, and waits until it answers. */
  static NodeExporter start(Scene scene, Program program) throws InterruptedException {
    String address = scene.place().collector() + ":" + PORT;
    Process process =
        scene
            .stage()
            .startBeside(
                "node-exporter",
                List.of(program.path().toString(), "--web.listen-address=" + address));
    var exporter = new NodeExporter(process, URI.create("http://" + address + "/metrics"));
    Kills.await(
        () -> Scraper.answers(exporter.metrics),
        program.name() + " does not answer: " + scene.run().endOfLog("node-exporter"));
    return exporter;
  }
}
