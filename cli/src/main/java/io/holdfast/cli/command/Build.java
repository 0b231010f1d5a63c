package io.holdfast.cli.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Holdfast this is. */
public final class Build implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"holdfast " + version()};
  }

  private static String version() {
    return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
        .orElse("(development)");
  }
}
