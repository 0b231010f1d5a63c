package io.holdfast.collector.api.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The page's files, read once from the class path into memory. A path that is not one of them is
 * not there: nothing of a request ever reaches a file system.
 */
final class StaticFiles {
  private static final String INDEX = "index.html";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, StaticFile> files;

  private StaticFiles(Map<String, StaticFile> files) {
    this.files = files;
  }

  /**
   * One file.
   *
   * @param type its media type
   * @param tag of its content, as {@code ETag} has it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
  record StaticFile(byte[] content, String type, String tag) {}

  /** The files below that folder of the class path, which must have an {@code index.html}. */
  static StaticFiles load(ClassLoader loader, String folder) {
    URL index = loader.getResource(folder + "/" + INDEX);
    if (index == null) {
      throw new IllegalStateException("the class path has no " + folder + "/" + INDEX);
    }
    try {
      URI uri = index.toURI();
      if (!uri.getScheme().equals("jar")) {
        return new StaticFiles(readAll(Objects.requireNonNull(Path.of(uri).getParent())));
      }
      String jar = uri.getRawSchemeSpecificPart();
      Path archive = Path.of(URI.create(jar.substring(0, jar.lastIndexOf("!/"))));
      try (FileSystem zip = FileSystems.newFileSystem(archive)) {
        return new StaticFiles(readAll(zip.getPath(folder)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file of that path, which begins with a slash; {@code /} is the page. */
  Optional<StaticFile> at(String path) {
    return Optional.ofNullable(files.get(path.equals("/") ? "/" + INDEX : path));
  }

  /** These files and those. */
  StaticFiles and(Map<String, StaticFile> others) {
    Map<String, StaticFile> all = new TreeMap<>(files);
    all.putAll(others);
    return new StaticFiles(all);
  }

  /** The text of the page. */
  String index() {
    return new String(at("/").orElseThrow().content(), StandardCharsets.UTF_8);
  }

  private static Map<String, StaticFile> readAll(Path root) throws IOException {
    Map<String, StaticFile> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        found.put("/" + root.relativize(path).toString().replace('\\', '/'), read(path));
      }
    }
    return found;
  }

  private static StaticFile read(Path path) throws IOException {
    return file(path.getFileName().toString(), Files.readAllBytes(path));
  }

  /** A file of that name, which tells its type. */
  static StaticFile file(String name, byte[] content) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException(
          name + " is of no type that is served; allowed: " + TYPES.keySet());
    }
    return new StaticFile(content, type, tag(content));
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
