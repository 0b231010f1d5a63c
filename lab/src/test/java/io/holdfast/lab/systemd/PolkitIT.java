package io.holdfast.lab.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.systemd.HostFiles;
import io.holdfast.lab.AskedSystemd;
import io.holdfast.lab.Ran;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rendered rule, the real polkit, and systemd mode as the agent's user. */
class PolkitIT {
  private static final String LISTED = "it-listed.service";
  private static final String ODD = "it-o\\x2dd@1:a.service";
  private static final String OTHER = "it-other.service";
  private static final String RULES = "/etc/polkit-1/rules.d/50-it-holdfast.rules";
  private static final String HOME = "/var/tmp/holdfast-it-java";
  private static final UnitHost HOST = new UnitHost();
  private static boolean madeUser;

  @BeforeAll
  static void prepare() throws Exception {
    if (HOST.tried("id", HostFiles.USER).exitCode() != 0) {
      HOST.run("useradd", "--system", HostFiles.USER);
      madeUser = true;
    }
    String body = UnitHost.service("Type=exec\n", List.of("/bin/sleep", "1000"));
    HOST.write(Map.of(LISTED, body, OTHER, body, ODD.replace("@1:a", "@"), body));
    Files.writeString(HOST.path(RULES), HostFiles.polkitRule(List.of(LISTED, ODD)));
    copyJava();
    HOST.tried("systemctl", "restart", "polkit.service");
  }

  @AfterAll
  static void clear() throws Exception {
    HOST.tried("systemctl", "stop", ODD);
    HOST.clear();
    HOST.run("rm", "-rf", HOME, RULES);
    if (madeUser) {
      HOST.run("userdel", HostFiles.USER);
    }
  }

  /** This JVM and the class path of this test, on the host. */
  private static void copyJava() throws Exception {
    Path home = HOST.path(HOME);
    Files.createDirectories(home.resolve("jars"));
    Path java = Path.of(System.getProperty("java.home"));
    for (String part : List.of("bin", "conf", "lib")) {
      copy(java.resolve(part), home.resolve(part));
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        copy(path, home.resolve("classes"));
      } else if (entry.contains("holdfast")
          || entry.contains("dbus")
          || entry.contains("slf4j")
          || entry.contains("vertx-core")
          || entry.contains("jackson-core")) {
        Files.copy(
            path,
            home.resolve("jars").resolve(path.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    HOST.run("chmod", "-R", "go+rX", HOME);
  }

  private static void copy(Path from, Path to) throws Exception {
    Process copy = new ProcessBuilder("cp", "-a", "-T", from.toString(), to.toString()).start();
    assertThat(copy.waitFor(1, TimeUnit.MINUTES)).isTrue();
    Files.deleteIfExists(to.resolve("src.zip"));
  }

  private static List<String> acting(String unit, String service) {
    List<String> words =
        new ArrayList<>(List.of("setpriv", "--reuid=" + HostFiles.USER, "--clear-groups"));
    words.addAll(List.of("--regid=" + HostFiles.USER, HOME + "/bin/java", "-cp"));
    words.addAll(List.of(HOME + "/classes:" + HOME + "/jars/*", ActingUser.class.getName()));
    words.addAll(List.of(unit, service));
    Ran ran = HOST.tried(words.toArray(String[]::new));
    return Stream.concat(ran.out().lines(), ran.error().lines()).toList();
  }

  private static Ran busctl(String user, String method, String unit) {
    return HOST.tried(AskedSystemd.by(user, method, unit).toArray(String[]::new));
  }

  @Test
  void theAgentsUserMayActOnAListedUnit() {
    assertThat(acting(LISTED, "engine"))
        .filteredOn(line -> line.startsWith("Done") || line.startsWith("Failed"))
        .containsExactly("Done[]", "Done[]", "Done[]", "Done[]");
    assertThat(acting(LISTED, "engine")).contains("resident: true");
  }

  @Test
  void anUnlistedServiceIsRefusedByTheAgentAndAnUnlistedUnitByPolkit() throws IOException {
    assertThat(acting(LISTED, "other")).anyMatch(line -> line.startsWith("Refused[detail=other"));
    assertThat(acting(OTHER, "engine"))
        .anyMatch(line -> line.startsWith("Failed") && line.contains("render polkit"));
    assertThat(HOST.tried("systemctl", "is-active", OTHER).exitCode()).isNotZero();
  }

  @Test
  void theRuleAllowsItsUserItsUnitsAndItsVerbsAndNothingElse() {
    assertThat(busctl(HostFiles.USER, "StartUnit", LISTED).error()).isEmpty();
    assertThat(busctl(HostFiles.USER, "StartUnit", ODD).error()).isEmpty();
    for (Ran refused :
        List.of(
            busctl(HostFiles.USER, "StartUnit", OTHER),
            busctl(HostFiles.USER, "StopUnit", "ssh.service"),
            busctl(HostFiles.USER, "ReloadUnit", LISTED),
            busctl("nobody", "StopUnit", LISTED))) {
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.error()).containsAnyOf("ccess denied", "nteractive authentication");
    }
  }
}
