package io.holdfast.planfile;

import static io.holdfast.planfile.PlanTexts.problems;
import static io.holdfast.planfile.PlanTexts.problemsAfter;
import static io.holdfast.planfile.PlanTexts.problemsOfService;
import static io.holdfast.planfile.PlanTexts.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the schema says, in a person's words. */
class PlanShapeTest {

  @Test
  void refusesAnUnknownKeyWithItsLineAndASuggestion() {
    assertThat(problemsOfService("tiemout: 5s"))
        .containsExactly(
            "plan.yaml:13:5: services.engine.tiemout: unknown key; allowed here: critical,"
                + " exclusive, module, unit, runs_on, interval, timeout, failure_threshold,"
                + " recovery_threshold, process, http, tcp, postgres, file_age,"
                + " write."
                + " Did you mean timeout?");
  }

  @Test
  void reportsAMisspeltRequiredKeyOnce() {
    assertThat(problemsWith("runs_on", "run_on"))
        .singleElement()
        .asString()
        .contains("services.engine.run_on: unknown key")
        .endsWith("Did you mean runs_on?");
    assertThat(problemsWith("hosts:", "host:"))
        .singleElement()
        .asString()
        .startsWith("plan.yaml:5:1: host: unknown key")
        .endsWith("Did you mean hosts?");
  }

  @Test
  void namesAMissingKeyAndWhatItIsFor() {
    assertThat(problemsWith("    runs_on: trade-a\n", ""))
        .containsExactly(
            "plan.yaml:9:3: services.engine: the key runs_on is missing; a host, site/NAME, or a"
                + " list of these is expected");
    assertThat(problems("apiVersion: holdfast/v1\n"))
        .containsExactly(
            "plan.yaml:1:1: the key hosts is missing; a mapping of host names to {address: …} is"
                + " expected",
            "plan.yaml:1:1: the key objectives is missing; a mapping of P1, P2, P3, P4 to"
                + " objectives is expected",
            "plan.yaml:1:1: the key services is missing; a mapping of service names to services"
                + " is expected",
            "plan.yaml:1:1: the key system is missing; a mapping with the system's name is"
                + " expected");
  }

  @Test
  void refusesAnotherApiVersion() {
    assertThat(problemsWith("holdfast/v1", "holdfast/v2"))
        .containsExactly(
            "plan.yaml:1:13: apiVersion: found \"holdfast/v2\"; holdfast/v1 is expected."
                + " Did you mean holdfast/v1?");
  }

  @Test
  void saysThatGroupsAndAlertsComeLater() {
    assertThat(problemsAfter("groups: {trading: {}}\nalerts: []\n"))
        .containsExactly(
            "plan.yaml:13:1: groups: the section groups is not part of this version of Holdfast;"
                + " leave it out for now",
            "plan.yaml:14:1: alerts: the section alerts is not part of this version of Holdfast;"
                + " leave it out for now");
  }

  @Test
  void suggestsHowADurationIsWritten() {
    String expected = "a duration such as 500ms, 30s, 5m, 4h or 1d is expected";
    assertThat(problemsOfService("timeout: abc"))
        .containsExactly("plan.yaml:13:14: services.engine.timeout: found \"abc\"; " + expected);
    assertThat(problemsOfService("timeout: 30"))
        .containsExactly(
            "plan.yaml:13:14: services.engine.timeout: found 30; "
                + expected
                + ". Did you mean 30s?");
    assertThat(problemsOfService("timeout: 5 min"))
        .singleElement()
        .asString()
        .endsWith("Did you mean 5m?");
    assertThat(problemsOfService("timeout: 0s")).hasSize(1);
    assertThat(problemsOfService("timeout: -1s")).hasSize(1);
    assertThat(problemsOfService("timeout: 1h30m")).hasSize(1);
    assertThat(problemsOfService("timeout:")).singleElement().asString().contains("found nothing;");
    assertThat(problemsOfService("timeout: [1s]"))
        .singleElement()
        .asString()
        .contains("found a list;");
  }

  @Test
  void suggestsHowAPercentageIsWritten() {
    for (String written : new String[] {"95", "0.95", "95 %"}) {
      assertThat(
              problemsAfter(
                  "healing:\n  - {trigger: high_memory_usage, action: restart_application,"
                      + " threshold: "
                      + written
                      + "}\n"))
          .singleElement()
          .asString()
          .contains("healing[0].threshold: found ")
          .endsWith("such as 95%, is expected. Did you mean 95%?");
    }
  }

  @Test
  void suggestsHowATruthValueIsWritten() {
    assertThat(problemsOfService("critical: yes"))
        .containsExactly(
            "plan.yaml:13:15: services.engine.critical: found \"yes\"; true or false is expected."
                + " Did you mean true?");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThat(problemsOfService("failure_threshold: 0"))
        .containsExactly(
            "plan.yaml:13:24: services.engine.failure_threshold: found 0; a whole number from 1"
                + " to 100 is expected");
    assertThat(problemsOfService("failure_threshold: 1.5")).hasSize(1);
    assertThat(problemsOfService("failure_threshold: 101")).hasSize(1);
    assertThat(problemsOfService("failure_threshold: 1e99")).hasSize(1);
    assertThat(problemsOfService("tcp: {port: 65536}"))
        .containsExactly(
            "plan.yaml:13:17: services.engine.tcp.port: found 65536; a port from 1 to 65535 is"
                + " expected");
  }

  @Test
  void refusesNamesThatAreNotNames() {
    assertThat(problemsWith("  trade-b:", "  Trade B:"))
        .containsExactly(
            "plan.yaml:7:3: hosts[\"Trade B\"]: found \"Trade B\"; a name of a-z, 0-9 and '-', at"
                + " most 63 characters, such as trade-a, is expected");
    assertThat(problemsWith("  engine:", "  Engine:")).hasSize(1);
  }

  @Test
  void refusesAnUnknownLevelAndAnUnknownLocale() {
    assertThat(problemsWith("  P1:", "  P5: {rto: 1h, rpo: 1h}\n  P1:"))
        .containsExactly(
            "plan.yaml:4:3: objectives.P5: unknown key; allowed here: P1, P2, P3, P4."
                + " Did you mean P1?");
    assertThat(problemsWith("{name: shop}", "{name: shop, locale: zh_TW}"))
        .containsExactly(
            "plan.yaml:2:30: system.locale: found \"zh_TW\"; one of en, zh-TW is expected."
                + " Did you mean zh-TW?");
  }

  @Test
  void reportsAllProblemsInTheOrderOfTheFile() {
    String text =
        PlanTexts.MINIMAL
            .replace("holdfast/v1", "v1")
            .replace("4h", "4 hours")
            .replace("engine.service", "engine")
            .replace("runs_on: trade-a", "runs_on: trade-x");
    assertThat(problems(text))
        .extracting(problem -> problem.split(": ", 3)[1])
        .containsExactly(
            "apiVersion", "objectives.P1.rto", "services.engine.unit", "services.engine.runs_on");
  }

  @Test
  void answersNumbersThatNoMachineCanHold() {
    for (String number : new String[] {"1.5e999", "-1.5e999", "1e-999", "9".repeat(100_000)}) {
      assertThat(
              problemsAfter(
                  "healing:\n  - {trigger: service_down, action: restart_service, max_attempts: "
                      + number
                      + ", backoff_factor: "
                      + number
                      + "}\n"))
          .hasSize(2)
          .allMatch(problem -> problem.length() < 200);
    }
  }

  @Test
  void answersSectionsThatAreEmptyOrOfTheWrongKind() {
    for (String value : new String[] {"", " {}", " []", " 5", " text", " null", " [{}]"}) {
      String text = "apiVersion: holdfast/v1\n";
      for (String section : List.of("system", "objectives", "hosts", "services")) {
        text += section + ":" + value + "\n";
      }
      assertThat(problems(text)).hasSize(4);
    }
    for (String section : List.of("sites", "checks", "healing")) {
      assertThat(problemsAfter(section + ":\n")).hasSize(1);
      assertThat(problemsAfter(section + ": 5\n")).hasSize(1);
    }
  }

  @Test
  void answersKeysThatAreNotWords() {
    assertThat(problemsAfter("5: 1\n")).hasSize(1);
    assertThat(problemsAfter("null: 1\n")).hasSize(1);
    assertThat(problemsAfter("\"\": 1\n")).hasSize(1);
    assertThat(problemsAfter("\"a/b~c\": 1\n"))
        .singleElement()
        .asString()
        .startsWith("plan.yaml:13:1: [\"a/b~c\"]: unknown key;");
    assertThat(problemsAfter("? [a, b]\n: 1\n"))
        .containsExactly("plan.yaml:13:3: a key must be a single word");
  }
}
