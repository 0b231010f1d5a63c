package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.Reread;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code agent.yaml} and the certificates again. What it says is put in force as a whole, or
 * nothing of it.
 */
final class Reload {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
  private static final int APPLY_SECONDS = 30;

  private final Path file;
  private final Function<AgentConfig, Future<Void>> apply;
  private AgentConfig inForce;

  /**
   * @param inForce what the file said when the agent began
   * @param apply puts a configuration in force; fails with a sentence when it cannot, and then has
   *     changed nothing
   */
  Reload(Path file, AgentConfig inForce, Function<AgentConfig, Future<Void>> apply) {
    this.file = file;
    this.inForce = inForce;
    this.apply = apply;
  }

  /** Reads and applies the file; what is wrong in one line, empty when it is in force. */
  synchronized String run() {
    LOG.info("reading {} again", file);
    return switch (Reread.of(AgentConfigReader.read(file), inForce, FixedKeys.ALL)) {
      case Reread.Refused<AgentConfig> refused -> refused(refused);
      case Reread.Fresh<AgentConfig> fresh -> applied(fresh.config());
    };
  }

  private String applied(AgentConfig fresh) {
    try {
      apply.apply(fresh).await(APPLY_SECONDS, TimeUnit.SECONDS);
      inForce = fresh;
      LOG.info("{} and the certificates are in force as they are now", file);
      return "";
    } catch (Exception e) {
      return refused(new Reread.Refused<>(List.of(String.valueOf(e.getMessage()))));
    }
  }

  private String refused(Reread.Refused<AgentConfig> refused) {
    refused.lines().forEach(line -> LOG.error("{} is not in force as it is now: {}", file, line));
    return "not reloaded: " + refused.summary();
  }
}
