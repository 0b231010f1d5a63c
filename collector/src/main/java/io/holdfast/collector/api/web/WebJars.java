package io.holdfast.collector.api.web;

import io.holdfast.collector.api.web.StaticFiles.StaticFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The files of browser libraries that the page uses, from their WebJars. They are served under
 * names without a version, so that a new version is a matter of the root pom alone.
 */
final class WebJars {
  private static final List<Library> LIBRARIES =
      List.of(
          new Library("preact.js", "preact", "dist/preact.module.js"),
          new Library("preact-hooks.js", "preact", "hooks/dist/hooks.module.js"),
          new Library("uplot.js", "uplot", "dist/uPlot.esm.js"),
          new Library("uplot.css", "uplot", "dist/uPlot.min.css"));

  private WebJars() {}

  /**
   * One file.
   *
   * @param name under which it is served
   * @param artifact of the group {@code org.webjars.npm}
   * @param path within the library
   */
  private record Library(String name, String artifact, String path) {}

  /** The files by the path under which they are served, which begins with {@code folder}. */
  static Map<String, StaticFile> files(ClassLoader loader, String folder) {
    return LIBRARIES.stream()
        .collect(
            Collectors.toMap(
                library -> folder + library.name(),
                library ->
                    StaticFiles.file(
                        library.name(), content(loader, library.artifact(), library.path()))));
  }

  /** A file of the version of that library which is on the class path. */
  static byte[] content(ClassLoader loader, String artifact, String path) {
    try (InputStream maven = open(loader, "maven/org.webjars.npm/" + artifact + "/pom.properties");
        InputStream file =
            open(loader, "resources/webjars/%s/%s/%s".formatted(artifact, version(maven), path))) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(InputStream maven) throws IOException {
    Properties properties = new Properties();
    properties.load(maven);
    return properties.getProperty("version", "");
  }

  private static InputStream open(ClassLoader loader, String path) throws IOException {
    InputStream found = loader.getResourceAsStream("META-INF/" + path);
    if (found == null) {
      throw new FileNotFoundException("the class path has no META-INF/" + path);
    }
    return found;
  }
}
