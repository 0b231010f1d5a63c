package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.fail;

import io.holdfast.collector.api.RunningApi;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One browser for all tests of a class; a page on another port shares nothing with it. */
public final class Browser implements BeforeAllCallback, AfterAllCallback {
  private final Vertx vertx = Vertx.vertx();
  private Path directory;
  private Chromium chromium;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path program = Chromium.installed().orElse(null);
    if (program == null && "true".equals(System.getenv("CI"))) {
      fail("Chromium is needed: apt-get install chromium");
    }
    Assumptions.assumeTrue(program != null, "Chromium is not installed");
    directory = Files.createTempDirectory("holdfast-browser");
    chromium = Chromium.start(vertx, program, Files.createDirectory(directory.resolve("profile")));
  }

  /** A new tab, as wide as a desk has it. */
  public Tab open() {
    Tab tab = chromium.open();
    tab.look(1280, 900, false);
    return tab;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (chromium != null) {
      chromium.close();
      delete();
    }
    RunningApi.await(vertx.close());
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
