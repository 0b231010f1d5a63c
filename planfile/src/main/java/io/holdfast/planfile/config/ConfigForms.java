package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of scalars in configuration files. */
final class ConfigForms {

  static final int MAX_PORT = 65_535;

  static final Form<String> ADDRESS =
      Form.of(
          "a host name or IP address such as 127.0.0.1",
          scalar -> Forms.TEXT.of(scalar).filter(text -> text.matches("[A-Za-z0-9._:-]{1,253}")));

  static final Form<String> LOOPBACK =
      Form.of(
          "a loopback address such as 127.0.0.1, or any address with tls",
          scalar -> ADDRESS.of(scalar).filter(AgentMetricsRules::isLoopback));

  static final Form<Endpoint> ENDPOINT =
      Form.of("an address and port such as 127.0.0.1:7443", ConfigForms::endpoint);

  static final Form<String> USER =
      Form.of(
          "the name of a user of this machine",
          scalar -> Forms.TEXT.of(scalar).filter(text -> text.matches("[A-Za-z_][A-Za-z0-9_.-]*")));

  /** Only for the message where such a key is missing: {@link Secrets} reads what is there. */
  static final Form<String> SECRET =
      Form.of("a reference such as ${credential:NAME} or ${file:PATH}", Forms.TEXT::of);

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

  private ConfigForms() {}

  /** A path; one that is relative is meant from {@code directory}. */
  static Form<Path> path(Path directory) {
    return Form.of("a path", scalar -> Forms.TEXT.of(scalar).flatMap(text -> in(directory, text)));
  }

  private static Optional<Path> in(Path directory, String text) {
    try {
      return Optional.of(directory.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Endpoint> endpoint(YamlNode.Scalar scalar) {
    Matcher matcher = HOST_AND_PORT.matcher(scalar.text());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(3));
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return port >= 1 && port <= MAX_PORT ? Optional.of(new Endpoint(host, port)) : Optional.empty();
  }
}
