package io.holdfast.agent.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** Log lines to standard error, one each, unless the operator brings a configuration. */
final class Logging {

  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream own = Logging.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(own);
    } catch (IOException e) {
      System.err.println("logging goes on with Java's defaults: " + e);
    }
  }
}
