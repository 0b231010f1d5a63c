package io.holdfast.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * Who runs PostgreSQL, which refuses to run as root: the user of the demo, or, when that is root,
 * Debian's {@code postgres}, or else a system user made for this run and removed with it.
 *
 * @param name empty: the user of the demo itself
 */
record UnprivilegedUser(Optional<String> name) {

  private static final String DEBIANS = "postgres";
  private static final String OWN = "holdfast-demo";

  static UnprivilegedUser forRun(RunFolder run) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new UnprivilegedUser(Optional.empty());
    }
    if (exists(run.path(), DEBIANS)) {
      return new UnprivilegedUser(Optional.of(DEBIANS));
    }
    if (!exists(run.path(), OWN)) {
      make(run);
    }
    return new UnprivilegedUser(Optional.of(OWN));
  }

  /** What to put before a command so that this user runs it. */
  List<String> prefix() {
    return name.map(n -> List.of("setpriv", "--reuid=" + n, "--regid=" + n, "--init-groups", "--"))
        .orElse(List.of());
  }

  /** Gives a file or folder to this user. */
  void own(Path path) throws IOException {
    if (name.isPresent()) {
      var users = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, users.lookupPrincipalByName(name.get()));
    }
  }

  static void removeIfMade(RunFolder run) throws IOException {
    if (Files.exists(run.userMark()) && exists(run.path(), OWN)) {
      Commands.run(List.of("userdel", OWN), "remove the user " + OWN);
    }
  }

  private static void make(RunFolder run) {
    try {
      // The mark comes first: a demo killed in between must not leave the user behind.
      Files.writeString(run.userMark(), OWN + "\n");
    } catch (IOException e) {
      throw StageException.failed("cannot write " + run.userMark() + ": " + e.getMessage(), e);
    }
    Commands.run(
        List.of(
            "useradd",
            "--system",
            "--no-create-home",
            "--user-group",
            "--shell",
            "/bin/false",
            OWN),
        "make the user " + OWN + " for PostgreSQL");
  }

  private static boolean exists(Path anywhere, String user) {
    try {
      anywhere.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
      return true;
    } catch (UserPrincipalNotFoundException none) {
      return false;
    } catch (IOException e) {
      throw StageException.failed("cannot look up the user " + user + ": " + e.getMessage(), e);
    }
  }
}
