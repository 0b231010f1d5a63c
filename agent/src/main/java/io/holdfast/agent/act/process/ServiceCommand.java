package io.holdfast.agent.act.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a service is started.
 *
 * @param command the program, found on the agent's PATH unless it has a slash, and its arguments
 * @param environment what it gets beside PATH, LANG, LC_ALL, TZ, HOME, USER and LOGNAME
 * @param workingDirectory absolute
 * @param user who it runs as; empty: the agent's user. Another user needs an agent that is root
 */
public record ServiceCommand(
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    Optional<String> user) {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*\\$?");

  /** Variables that a shell keeps for itself, so that the keeper could not hand them over. */
  private static final Set<String> RESERVED =
      Set.of("_", "BASHOPTS", "BASHPID", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID");

  /** Copies the collections and checks them. */
  public ServiceCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("command is empty");
    }
    command.forEach(word -> requireText("command", word));
    if (!workingDirectory.isAbsolute()) {
      throw new IllegalArgumentException("working directory is not absolute: " + workingDirectory);
    }
    environment.forEach(ServiceCommand::requireVariable);
    user.ifPresent(ServiceCommand::requireUser);
  }

  /** Secrets of the environment stay out of logs. */
  @Override
  public String toString() {
    return "ServiceCommand[command="
        + command
        + ", environment="
        + environment.keySet()
        + ", workingDirectory="
        + workingDirectory
        + ", user="
        + user.orElse("")
        + "]";
  }

  private static void requireVariable(String name, String value) {
    if (!VARIABLE.matcher(name).matches() || RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "environment: "
              + name
              + " cannot be set: a name has letters, digits and _, and is none of "
              + RESERVED.stream().sorted().toList());
    }
    requireText("environment: " + name, value);
  }

  private static void requireUser(String name) {
    if (!USER.matcher(name).matches()) {
      throw new IllegalArgumentException("user: not the name of a user: " + name);
    }
  }

  private static void requireText(String what, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " holds a NUL character");
    }
  }
}
