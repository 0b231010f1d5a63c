package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.problem.Problem;
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
    return switch (AgentConfigReader.read(file)) {
      case ConfigResult.Invalid<AgentConfig> invalid -> refused(invalid.problems());
      case ConfigResult.Valid<AgentConfig> valid -> checked(valid.config());
    };
  }

  private static String refused(List<Problem> problems) {
    problems.forEach(problem -> LOG.error("{}", problem));
    String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
    return told(problems.getFirst() + more);
  }

  private String checked(AgentConfig fresh) {
    List<String> fixed = FixedKeys.changed(inForce, fresh);
    return fixed.isEmpty()
        ? applied(fresh)
        : told(file + ": a change of " + String.join(", ", fixed) + " needs a restart");
  }

  private String applied(AgentConfig fresh) {
    try {
      apply.apply(fresh).await(APPLY_SECONDS, TimeUnit.SECONDS);
      inForce = fresh;
      LOG.info("{} and the certificates are in force as they are now", file);
      return "";
    } catch (Exception e) {
      return told(String.valueOf(e.getMessage()));
    }
  }

  private static String told(String problem) {
    LOG.error("not reloaded, the configuration before stays in force: {}", problem);
    return "not reloaded: " + problem;
  }
}
