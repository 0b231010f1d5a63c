package io.holdfast.agent.app;

import java.util.ArrayList;
import java.util.List;

/**
 * The host agent: {@code AgentMain AGENT_YAML}, or one of the verbs. Ends with 0 when all is well
 * (also after SIGTERM), 2 when the command line or what is configured is wrong, 1 otherwise.
 */
public final class AgentMain {

  private AgentMain() {}

  /** Does what the arguments ask for. */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  /** A word that is no verb is the file of {@code run}. */
  static int run(List<String> args) {
    List<Verb> verbs = verbs();
    try {
      if (args.isEmpty()) {
        throw new UsageException("what to do is missing");
      }
      String word = args.getFirst();
      for (Verb verb : verbs) {
        if (verb.name().equals(word)) {
          return verb.run(args.subList(1, args.size()));
        }
      }
      if (word.startsWith("-")) {
        throw new UsageException("there is no option " + word);
      }
      return new RunVerb().run(args);
    } catch (UsageException e) {
      System.err.println("holdfast-agent: " + e.getMessage() + "\nSee: holdfast-agent --help");
      return Verb.INVALID;
    }
  }

  /** Every verb, in the order of the help. */
  private static List<Verb> verbs() {
    List<Verb> verbs =
        new ArrayList<>(
            List.of(
                new RunVerb(),
                new CheckVerb(),
                new RenderVerb(),
                new EnrolVerb(),
                new JobVerb(),
                new VersionVerb()));
    verbs.add(new HelpVerb(verbs));
    return verbs;
  }
}
