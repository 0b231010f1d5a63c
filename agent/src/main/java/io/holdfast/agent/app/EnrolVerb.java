package io.holdfast.agent.app;

import io.holdfast.agent.link.CollectorAddress;
import io.holdfast.agent.link.Enrolment;
import io.holdfast.agent.link.EnrolmentException;
import io.holdfast.planfile.config.AgentConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gets this host its certificate for a one-time token. */
final class EnrolVerb implements Verb {
  private static final int REFUSED = 3;
  private static final int NO_COLLECTOR = 4;
  private static final int TOKEN_MAX = 128;
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

  @Override
  public String name() {
    return "enrol";
  }

  @Override
  public String arguments() {
    return "AGENT_YAML --collector HOST:8443 --token-file FILE [--again]";
  }

  @Override
  public String purpose() {
    return "gets this host's certificate: 0 done, 2 wrong here, 3 refused, 4 no collector";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    Options options = new Options(arguments);
    Optional<AgentConfig> config = ConfigArgument.read(options.file());
    if (config.isEmpty()) {
      return INVALID;
    }
    Logging.configure();
    Enrolment enrolment = new Enrolment(config.get().host(), Linking.files(config.get()));
    try {
      if (!options.again()) {
        enrolment.requireNeeded(Instant.now());
      }
      Instant ends = at(enrolment, options.collector(), token(options.tokenFile()));
      System.out.println(
          config.get().host()
              + " is enrolled until "
              + ends
              + "; from now on its certificate is renewed by itself");
      return FINE;
    } catch (EnrolmentException e) {
      System.err.println("holdfast-agent: " + e.getMessage());
      return switch (e.kind()) {
        case HERE -> INVALID;
        case REFUSED -> REFUSED;
        case NO_COLLECTOR -> NO_COLLECTOR;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static Instant at(Enrolment enrolment, CollectorAddress collector, String token)
      throws EnrolmentException, InterruptedException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    try {
      return enrolment.at(vertx, collector, token);
    } finally {
      vertx.close();
    }
  }

  private static String token(Path file) throws UsageException {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty() || token.length() > TOKEN_MAX) {
        throw new UsageException("--token-file " + file + " holds no token");
      }
      return token;
    } catch (IOException e) {
      throw new UsageException("--token-file: cannot read " + file + ": " + e);
    }
  }

  /** The command line. */
  private static final class Options {
    private String file = "";
    private Optional<CollectorAddress> collector = Optional.empty();
    private Optional<Path> tokenFile = Optional.empty();
    private boolean again;

    Options(List<String> arguments) throws UsageException {
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i);
        switch (word) {
          case "--again" -> again = true;
          case "--collector" -> collector = Optional.of(address(value(arguments, ++i, word)));
          case "--token-file" -> tokenFile = Optional.of(path(value(arguments, ++i, word)));
          default -> {
            if (word.startsWith("-") || !file.isEmpty()) {
              throw new UsageException("enrol: what is \"" + word + "\"?");
            }
            file = word;
          }
        }
      }
      if (file.isEmpty() || collector.isEmpty() || tokenFile.isEmpty()) {
        throw new UsageException("enrol needs AGENT_YAML, --collector and --token-file");
      }
    }

    private static String value(List<String> arguments, int at, String option)
        throws UsageException {
      if (at >= arguments.size()) {
        throw new UsageException(option + " needs a value");
      }
      return arguments.get(at);
    }

    private static CollectorAddress address(String text) throws UsageException {
      Matcher matcher = ADDRESS.matcher(text);
      if (matcher.matches()) {
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        try {
          return new CollectorAddress(host, Integer.parseInt(matcher.group(3)));
        } catch (IllegalArgumentException e) {
          throw new UsageException("--collector " + text + ": " + e.getMessage());
        }
      }
      throw new UsageException("--collector is HOST:PORT, such as 10.0.0.20:8443; found " + text);
    }

    private static Path path(String text) throws UsageException {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new UsageException("--token-file: not the name of a file: " + e.getReason());
      }
    }

    String file() {
      return file;
    }

    CollectorAddress collector() {
      return collector.orElseThrow();
    }

    Path tokenFile() {
      return tokenFile.orElseThrow();
    }

    boolean again() {
      return again;
    }
  }
}
