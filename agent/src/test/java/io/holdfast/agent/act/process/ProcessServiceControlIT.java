package io.holdfast.agent.act.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.Heard;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.act.ServiceControlContract;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Process mode keeps the contract, and what is its own. */
class ProcessServiceControlIT extends ServiceControlContract {
  private static final Path KEEPER =
      Path.of(System.getProperty("holdfast.keeper", "src/main/keeper/keeper")).toAbsolutePath();

  private Path program = KEEPER;
  private Map<String, String> environment = Map.of("TOKEN", "very secret");

  @Override
  protected ServiceControl open(Map<String, List<String>> commands) throws Exception {
    Map<String, ServiceCommand> services = new HashMap<>();
    commands.forEach(
        (name, command) ->
            services.put(
                name, new ServiceCommand(command, environment, temporary, Optional.empty())));
    return new ProcessServiceControl(
        new ProcessServices(temporary.resolve("run"), program, services), context);
  }

  @Override
  protected void clearAway() throws Exception {
    List<String> quit = new ArrayList<>(List.of("bash", KEEPER.toString(), "quit"));
    Path keepers = temporary.resolve("run/keepers");
    if (Files.isDirectory(keepers)) {
      try (var directories = Files.newDirectoryStream(keepers)) {
        for (Path service : directories) {
          if (Files.exists(service.resolve("commands"))) {
            // A service that ignores SIGTERM need not hold up the test.
            new KeeperDirectory(service).send("kill -");
          }
          quit.add(service.toString());
        }
      }
    }
    assertThat(new ProcessBuilder(quit).inheritIO().start().waitFor()).isZero();
  }

  private Path files() {
    return temporary.resolve("run/keepers/engine");
  }

  private ProcessId keeper() throws Exception {
    return new ReportTail(files().resolve("reports/current"), files().resolve("none"))
        .read().stream()
            .filter(Report.Began.class::isInstance)
            .map(report -> ((Report.Began) report).keeper())
            .reduce((first, last) -> last)
            .orElseThrow();
  }

  @Test
  void aServiceDiesWithItsKeeperAndTheNextStartBeginsAnother() throws Exception {
    Path file = temporary.resolve("children");
    agentBeginsWith("bash", "-c", withChildren(file, "sleep 1000"));
    ProcessRunning running = started("engine");
    List<Long> children = childrenOf(file);
    long keeper = keeper().pid();
    signal("KILL", keeper);
    assertThat(heard.nextEnded()).isEqualTo(new ProcessEnded("engine", running.pid(), -1, 9));
    assertThat(lives(running.pid())).isFalse();
    ProcessRunning second = started("engine");
    assertThat(lives(second.pid())).isTrue();
    assertThat(children).noneMatch(ServiceControlContract::isAlive);
    assertThat(keeper().pid()).isNotEqualTo(keeper);
  }

  @Test
  void aNewAgentHearsOfAKeeperThatDiedWithoutAnAgent() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    control.close();
    signal("KILL", keeper().pid());
    Heard.until("the service is gone", () -> !isAlive(running.pid()));
    assertThat(agentBegins(Map.of("engine", List.of("sleep", "1000"))).reattached()).isEmpty();
    Heard.until(
        "the end is told",
        () -> heard.all().contains(new ProcessEnded("engine", running.pid(), -1, 9)));
    assertThat(Heard.of(control.start("engine"))).isEqualTo(new Done());
  }

  @Test
  void anotherProcessWithTheNumberOfADeadKeeperIsNotTakenForIt() throws Exception {
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      Files.createDirectories(files().resolve("reports"));
      Files.writeString(
          files().resolve("reports/current"),
          "1 100 keeper %d 100 %s\n2 101 started %d 101\n"
              .formatted(stranger.pid(), boot, stranger.pid()));
      agentBegins(Map.of("engine", List.of("sleep", "1000")));
      assertThat(heard.nextRunning().pid()).isEqualTo(stranger.pid());
      assertThat(heard.nextEnded().pid()).isEqualTo(stranger.pid());
      ProcessRunning running = started("engine");
      assertThat(running.pid()).isNotEqualTo(stranger.pid());
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatRanBeforeTheHostWasBootedIsNeverStartedNow() throws Exception {
    Files.createDirectories(files().resolve("reports"));
    Files.writeString(
        files().resolve("reports/current"),
        "1 100 keeper 1 0 another-boot\n2 101 started 1 0\n3 101 tor");
    agentBeginsWith("sleep", "1000");
    started("engine");
    assertThat(Files.readString(files().resolve("reports/current"))).contains("\n3 ");
  }

  @Test
  void aNewAgentTellsOnlyWhatNoAgentToldBefore() throws Exception {
    agentBeginsWith("bash", "-c", "exit 1");
    started("engine");
    heard.nextEnded();
    started("engine");
    ProcessEnded last = heard.nextEnded();
    Heard.until(
        "it is noted as told",
        () -> {
          try {
            return new KeeperDirectory(files()).readSeen() >= 7;
          } catch (IOException e) {
            return false;
          }
        });
    control.close();
    agentBegins(Map.of("engine", List.of("bash", "-c", "exit 1")));
    assertThat(heard.all()).containsExactly(last);
  }

  @Test
  void endsServiceAndKeeperOnQuitAndANewAgentBeginsAfresh() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    control.close();
    long keeper = keeper().pid();
    assertThat(
            new ProcessBuilder("bash", KEEPER.toString(), "quit", files().toString())
                .start()
                .waitFor())
        .isZero();
    assertThat(lives(running.pid())).isFalse();
    Heard.until("the keeper is gone", () -> !isAlive(keeper));
    agentBegins(Map.of("engine", List.of("sleep", "1000")));
    Heard.until(
        "it is told as never started",
        () -> heard.all().contains(new ProcessNeverStarted("engine")));
  }

  @Test
  void sigtermOfTheKeeperEndsTheServiceInOrder() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    signal("TERM", keeper().pid());
    assertThat(heard.nextEnded()).isEqualTo(new ProcessEnded("engine", running.pid(), -1, 15));
  }

  @Test
  void aServiceHasOneKeeperOnly() throws Exception {
    agentBeginsWith("sleep", "1000");
    assertThat(new ProcessBuilder("bash", KEEPER.toString(), files().toString()).start().waitFor())
        .isEqualTo(3);
  }

  @Test
  void handsTheEnvironmentOverWhereOthersCannotReadIt() throws Exception {
    environment = Map.of("TOKEN", "very secret\nindeed", "BASH_ENV", "/nowhere");
    agentBeginsWith("bash", "-c", "cd /; echo \"got $TOKEN in $PWD as $HOME\"; exec sleep 1000");
    ProcessRunning running = started("engine");
    Path log = files().resolve("service.log");
    Heard.until("it speaks", () -> read(log).contains("indeed in / as"));
    assertThat(read(Path.of("/proc/" + running.pid() + "/cmdline"))).doesNotContain("secret");
    assertThat(read(Path.of("/proc/" + keeper().pid() + "/environ"))).doesNotContain("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files())))
        .isEqualTo("rwx------");
    for (String file : List.of("spec", "service.log", "reports/current", "commands")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(files().resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aServiceDoesNotInheritWhatTheKeeperIgnoresOrHasOpen() throws Exception {
    agentBeginsWith("sleep", "1000");
    long pid = started("engine").pid();
    String ignored =
        read(Path.of("/proc/" + pid + "/status"))
            .lines()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    // Signals 32 and 33 are the C library's own.
    assertThat(Long.parseLong(ignored.substring(8).strip(), 16) & 0x7fff_ffffL).isZero();
    for (int descriptor = 3; descriptor < 10; descriptor++) {
      assertThat(Path.of("/proc/" + pid + "/fd/" + descriptor)).doesNotExist();
    }
  }

  @Test
  @EnabledIf("isRoot")
  void runsAServiceAsAnotherUser() throws Exception {
    ServiceCommand command =
        new ServiceCommand(
            List.of("bash", "-c", "echo I am $(id -un), $USER; exec sleep 1000"),
            Map.of(),
            Path.of("/"),
            Optional.of("nobody"));
    heard = new Heard();
    control =
        new ProcessServiceControl(
            new ProcessServices(temporary.resolve("run"), KEEPER, Map.of("engine", command)),
            context);
    control.watch(heard);
    Heard.of(control.attach());
    assertThat(Heard.of(control.start("engine"))).isEqualTo(new Done());
    Heard.until(
        "it speaks", () -> read(files().resolve("service.log")).contains("I am nobody, nobody"));
    signal("KILL", keeper().pid());
    Heard.until(
        "it dies with its keeper",
        () -> heard.all().stream().anyMatch(ProcessEnded.class::isInstance));
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  void saysThatAWorkingDirectoryOrAUserIsMissing() throws Exception {
    control =
        new ProcessServiceControl(
            new ProcessServices(
                temporary.resolve("run"),
                KEEPER,
                Map.of(
                    "engine",
                    new ServiceCommand(
                        List.of("true"), Map.of(), Path.of("/no/such"), Optional.empty()),
                    "other",
                    new ServiceCommand(
                        List.of("true"), Map.of(), temporary, Optional.of("nosuchuser")))),
            context);
    Heard.of(control.attach());
    ActionOutcome engine = Heard.of(control.start("engine"));
    assertThat(engine.failure()).contains("/no/such").contains("cannot be entered");
    assertThat(Heard.of(control.start("other")).failure()).contains("no user nosuchuser");
  }

  @Test
  void saysThatTheKeeperProgramIsMissing() throws Exception {
    program = Path.of("/no/such/keeper");
    Attached attached = agentBegins(Map.of("engine", List.of("true")));
    assertThat(attached.failures().get("engine")).contains("/no/such/keeper");
    assertThat(Heard.of(control.start("engine")).failure()).contains("/no/such/keeper");
    control.close();
    program = KEEPER;
    agentBeginsWith("sleep", "1000");
    assertThat(Heard.of(control.start("engine"))).isEqualTo(new Done());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
