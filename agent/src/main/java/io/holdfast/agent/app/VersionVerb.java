package io.holdfast.agent.app;

import java.util.List;

/** Says which build this is. */
final class VersionVerb implements Verb {

  @Override
  public String name() {
    return "--version";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public String purpose() {
    return "says which build this is";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    if (!arguments.isEmpty()) {
      throw new UsageException("--version has no arguments");
    }
    System.out.println("holdfast-agent " + Build.id());
    return FINE;
  }
}
