package io.holdfast.house;

import io.holdfast.house.Sbom.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code licences.txt} says of the libraries that ship. */
final class Licences {
  private static final String POLICY = "house/src/test/resources/licences.txt";

  private enum Kind {
    ALLOW,
    REFUSE,
    NEVER
  }

  private record Rule(Kind kind, Pattern licence, String why) {
    static Rule of(String line) {
      String[] fields = line.split("\\|", 3);
      String pattern =
          Arrays.stream(fields[1].strip().split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return new Rule(
          Kind.valueOf(fields[0].strip().toUpperCase(java.util.Locale.ROOT)),
          Pattern.compile(pattern, Pattern.CASE_INSENSITIVE),
          fields[2].strip());
    }
  }

  private static final Rule UNKNOWN =
      new Rule(Kind.REFUSE, Pattern.compile(""), "nobody has looked at it yet");

  private final List<Rule> rules = new ArrayList<>();

  Licences() throws IOException {
    try (var file = Licences.class.getResourceAsStream("/licences.txt")) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> rules.add(Rule.of(line)));
    }
  }

  /** A sentence for each library that may not ship: what, why, who brings it in, what to do. */
  List<String> problems(Sbom sbom) {
    List<String> problems = new ArrayList<>();
    for (Component component : sbom.components()) {
      against(component.licences())
          .ifPresent(
              why ->
                  problems.add(
                      """
                      %s %s may not ship: %s.
                        It comes by: %s.
                        Take another library; or, where it is not needed, exclude it in the root \
                      pom.xml; or add its licence to %s, with the reason."""
                          .formatted(
                              component.name(),
                              component.version(),
                              why,
                              String.join(" > ", sbom.wayTo(component)),
                              POLICY)));
    }
    return problems;
  }

  private Optional<String> against(List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.of("its pom names no licence, so nobody has the right to pass it on");
    }
    List<String> why = new ArrayList<>();
    boolean fine = false;
    for (String licence : offered) {
      for (String choice : licence.split(" OR ")) {
        boolean all = true;
        for (String part : choice.split(" AND ")) {
          String name = part.replaceAll("^[( ]+|[) ]+$", "");
          Rule rule = ruleOf(name);
          if (rule.kind() != Kind.ALLOW) {
            why.add("licence \"" + name + "\": " + rule.why());
          }
          if (rule.kind() == Kind.NEVER) {
            return Optional.of(why.getLast());
          }
          all &= rule.kind() == Kind.ALLOW;
        }
        fine |= all;
      }
    }
    return fine ? Optional.empty() : Optional.of(String.join("; ", why));
  }

  private Rule ruleOf(String licence) {
    return rules.stream()
        .filter(rule -> rule.licence().matcher(licence).matches())
        .findFirst()
        .orElse(UNKNOWN);
  }
}
