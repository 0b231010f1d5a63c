package io.holdfast.cli.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Holdfast this is. */
public final class Build implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"holdfast " + version()};
  }

  // What a package's start script says, else the version alone.
  private static String version() {
    return Optional.ofNullable(System.getProperty("holdfast.build"))
        .or(() -> Optional.ofNullable(Build.class.getPackage().getImplementationVersion()))
        .orElse("(development)");
  }
}
