package io.holdfast.cli.command;

/** How an answer is printed. The names are what the user types. */
public enum OutputFormat {
  table,
  json,
  yaml
}
