package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The database's disk is tried by a job as its owner: what its states mean, and who may start it.
 * An agent that begins tries at once, so nothing here waits for the interval of the check.
 */
@ExtendWith(JournalOnFailure.class)
class JobsIT {
  private static final String HOST = "trade-a";
  private static final String DATA = "/var/lib/postgresql";
  private static final String DATABASE = "postgresql@15-main.service";
  private static final String JOB = "holdfast-job-write_probe@database_disk.service";
  private static final String OTHER = "holdfast-job-write_probe@other.service";
  private static final String REPORT = "/run/holdfast/job-";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private boolean broken;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
  }

  /** Whatever a test broke is whole again. */
  @AfterEach
  void mend() {
    lab.exec(HOST, "rm", "-rf", "/run/holdfast/agent/jobs/other", REPORT + "other");
    if (broken) {
      lab.exec(HOST, "umount", DATA);
      lab.exec(HOST, "systemctl", "unmask", "--runtime", JOB);
      lab.run(HOST, "systemctl", "restart", Fleet.AGENT);
      fleet.untilHealthy(HOST, "database");
    }
  }

  /** Something was broken, and the agent is to see it at once. */
  private void agentBeginsAnew() {
    broken = true;
    lab.run(HOST, "systemctl", "restart", Fleet.AGENT);
  }

  private JsonNode database() {
    return fleet.service(HOST, "database");
  }

  @Test
  void theOwnerOfTheDatabaseWritesAndLeavesNothing() {
    assertThat(lab.run(HOST, "cat", REPORT + "database_disk"))
        .contains("stage writing", "\nwritten ");
    assertThat(lab.run(HOST, "stat", "-c", "%U %a", REPORT + "database_disk"))
        .isEqualTo("root 644");
    assertThat(fleet.property(HOST, JOB, "User")).isEqualTo("postgres");
    // RemoveIPC= would take it away, and the database with it.
    assertThat(lab.run(HOST, "ls", "/dev/shm")).contains("PostgreSQL.");
    assertThat(lab.run(HOST, "find", DATA, "-maxdepth", "1", "-name", ".holdfast*")).isEmpty();
    assertThat(lab.run(HOST, "systemctl", "list-units", "--failed", "--no-legend", "holdfast-*"))
        .isEmpty();
  }

  @Test
  void aDiskThatTakesNoWritesIsToldAndTheDatabaseIsNotRestarted() {
    long before = fleet.position();
    String run = fleet.property(HOST, DATABASE, "InvocationID");
    lab.run(HOST, "mount", "-t", "tmpfs", "-o", "ro", "none", DATA);
    agentBeginsAnew();
    fleet.until(
        "that it is read-only is told",
        () -> database().path("verdict").asText().equals("unhealthy"));
    assertThat(database().toString()).contains("Read-only file system");
    fleet.until(
        "why it is not restarted is told",
        () ->
            fleet
                .toldAfter(before, HOST, "database")
                .toLowerCase(Locale.ROOT)
                .contains("restart_cannot_help"));
    assertThat(fleet.property(HOST, DATABASE, "InvocationID")).isEqualTo(run);
  }

  @Test
  void aJobThatCannotBeRunMakesTheServiceUnknownAndSaysWhatToDo() {
    lab.run(HOST, "systemctl", "mask", "--runtime", JOB);
    agentBeginsAnew();
    fleet.until(
        "how to unmask it is told",
        () -> database().toString().contains("systemctl unmask " + JOB));
    assertThat(database().path("verdict").asText()).isEqualTo("unknown");
  }

  private Ran startedByTheAgentsUser(String unit) {
    List<String> words = AskedSystemd.by("holdfast", "StartUnit", unit);
    return lab.exec(HOST, words.toArray(String[]::new));
  }

  @Test
  void aJobThatIsNotListedIsRefusedByPolkitAndByTheJobItself() {
    assertThat(startedByTheAgentsUser(JOB).error()).isEmpty();
    Ran refused = startedByTheAgentsUser(OTHER);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.error()).containsAnyOf("ccess denied", "nteractive authentication");
    // Even where somebody starts it: the job reads the allowlist itself.
    lab.run(HOST, "mkdir", "-p", "/run/holdfast/agent/jobs/other");
    String request =
        String.join(
            "\\n",
            List.of(
                "run 1", "kind write_probe", "job other", "within_millis 9000", "directory /etc"));
    lab.run(
        HOST, "sh", "-c", "printf '" + request + "\\n' >/run/holdfast/agent/jobs/other/request");
    lab.run(HOST, "systemctl", "start", OTHER);
    assertThat(lab.run(HOST, "cat", REPORT + "other"))
        .isEqualTo("run 1\nrefused agent.yaml does not allow the job other");
  }
}
