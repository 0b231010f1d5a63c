package io.holdfast.agent.app;

import java.util.List;

/** Lists the verbs. */
final class HelpVerb implements Verb {

  private final List<Verb> others;

  /**
   * @param others the verbs beside this one, in the order of the list
   */
  HelpVerb(List<Verb> others) {
    this.others = List.copyOf(others);
  }

  @Override
  public String name() {
    return "--help";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public String purpose() {
    return "says this";
  }

  @Override
  public int run(List<String> arguments) {
    System.out.print(text());
    return FINE;
  }

  String text() {
    StringBuilder text = new StringBuilder("usage: holdfast-agent VERB ...\n\n");
    others.forEach(verb -> append(text, verb));
    append(text, this);
    return text.append("\nThe manual: docs/agent.md\n").toString();
  }

  private static void append(StringBuilder text, Verb verb) {
    text.append("  ")
        .append((verb.name() + " " + verb.arguments()).strip())
        .append("\n      ")
        .append(verb.purpose())
        .append('\n');
  }
}
