package io.holdfast.planfile;

import static io.holdfast.planfile.PlanTexts.problems;
import static io.holdfast.planfile.PlanTexts.problemsAfter;
import static io.holdfast.planfile.PlanTexts.problemsOfService;
import static io.holdfast.planfile.PlanTexts.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the schema cannot say. */
class PlanRulesTest {

  @Test
  void refusesAnUnknownHostWithASuggestion() {
    assertThat(problemsWith("runs_on: trade-a", "runs_on: trade-c"))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: found \"trade-c\"; the plan has no host of"
                + " that name (it has trade-a, trade-b). Did you mean trade-a?");
    assertThat(problemsWith("runs_on: trade-a", "runs_on: [trade-a, tradeb]"))
        .containsExactly(
            "plan.yaml:12:24: services.engine.runs_on[1]: found \"tradeb\"; the plan has no host"
                + " of that name (it has trade-a, trade-b). Did you mean trade-b?");
  }

  @Test
  void refusesAnUnknownSiteAndAHostThatIsASite() {
    String sites = "sites: {primary: {hosts: [trade-a]}, cloud: {repository: s3}}\n";
    assertThat(runsOn("site/primry", sites))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: found \"site/primry\"; the plan has no site"
                + " of that name (it has site/cloud, site/primary). Did you mean site/primary?");
    assertThat(runsOn("primary", sites))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: found \"primary\", which is a site; a host"
                + " or site/NAME is expected. Did you mean site/primary?");
    assertThat(runsOn("site/cloud", sites))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: the site cloud is a backup repository;"
                + " nothing runs there");
    assertThat(runsOn("site/primary", ""))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: found \"site/primary\"; the plan has no"
                + " site of that name");
    assertThat(runsOn("site/primary", "siets: {primary: {hosts: [trade-a]}}\n"))
        .singleElement()
        .asString()
        .startsWith("plan.yaml:13:1: siets: unknown key");
  }

  private static java.util.List<String> runsOn(String value, String sites) {
    return problems(PlanTexts.MINIMAL.replace("runs_on: trade-a", "runs_on: " + value) + sites);
  }

  @Test
  void refusesAnExclusiveServiceOnTwoHosts() {
    String both = "runs_on: [trade-a, trade-b]\n    exclusive: true";
    assertThat(problemsWith("runs_on: trade-a", both))
        .containsExactly(
            "plan.yaml:12:14: services.engine.runs_on: found 2 hosts (trade-a, trade-b); an"
                + " exclusive service runs on exactly one");
    String site = "runs_on: site/all\n    exclusive: true";
    assertThat(
            problems(
                PlanTexts.MINIMAL.replace("runs_on: trade-a", site)
                    + "sites: {all: {hosts: [trade-a, trade-b]}}\n"))
        .singleElement()
        .asString()
        .contains("an exclusive service runs on exactly one");
  }

  @Test
  void refusesAHostNamedTwice() {
    assertThat(problemsWith("runs_on: trade-a", "runs_on: [trade-a, trade-a]"))
        .containsExactly(
            "plan.yaml:12:24: services.engine.runs_on[1]: the host trade-a is named twice");
  }

  @Test
  void refusesAHostInTwoSites() {
    assertThat(problemsAfter("sites: {one: {hosts: [trade-a]}, two: {hosts: [trade-a]}}\n"))
        .containsExactly(
            "plan.yaml:13:48: sites.two.hosts[0]: the host trade-a is in the site one already; one"
                + " is allowed");
    assertThat(problemsAfter("sites: {one: {hosts: [trade-a, trade-a]}}\n"))
        .containsExactly(
            "plan.yaml:13:32: sites.one.hosts[1]: the host trade-a stands twice in this site");
  }

  @Test
  void refusesASiteThatIsBothOrNeither() {
    assertThat(problemsAfter("sites: {one: {hosts: [trade-a], repository: s3}}\n"))
        .containsExactly("plan.yaml:13:9: sites.one: a site has hosts or a repository, not both");
    assertThat(problemsAfter("sites: {one: {}}\n"))
        .containsExactly(
            "plan.yaml:13:9: sites.one: found nothing; hosts or a repository is expected");
    assertThat(problemsAfter("sites: {one: {hosts: [trade-x]}}\n"))
        .singleElement()
        .asString()
        .contains("sites.one.hosts[0]: found \"trade-x\"; the plan has no host of that name");
  }

  @Test
  void refusesAServiceOfWhichNothingIsChecked() {
    assertThat(problemsWith("    unit: engine.service\n", ""))
        .containsExactly(
            "plan.yaml:9:3: services.engine: nothing of this service is checked; a unit or one of"
                + " process, http, tcp, postgres, file_age, write is expected");
  }

  @Test
  void refusesAnIntervalThatIsTooShortOrWithoutEffect() {
    assertThat(problemsAfter("checks: {interval: 500ms}\n"))
        .containsExactly(
            "plan.yaml:13:20: checks.interval: found \"500ms\"; a duration of 1s or more is"
                + " expected");
    assertThat(problemsOfService("interval: 5s"))
        .containsExactly(
            "plan.yaml:13:5: services.engine.interval: this has no effect: the process check"
                + " runs every second, and the write check has an interval of its own");
  }

  @Test
  void refusesAnUnknownTimeZone() {
    assertThat(problemsWith("{name: shop}", "{name: shop, timezone: Asia/Taipeh}"))
        .containsExactly(
            "plan.yaml:2:32: system.timezone: found \"Asia/Taipeh\"; a time zone such as"
                + " Asia/Taipei is expected. Did you mean Asia/Taipei?");
  }

  @Test
  void refusesAddressesThatAreNoneOrHoldAPassword() {
    assertThat(problemsOfService("http: {url: \"http://a b/\"}"))
        .singleElement()
        .asString()
        .contains("services.engine.http.url: found \"http://a b/\"; no valid address");
    assertThat(problemsOfService("http: {url: \"http://u:hunter2@x/\"}"))
        .containsExactly(
            "plan.yaml:13:17: services.engine.http.url: a user or password is not allowed in the"
                + " plan");
    assertThat(problemsOfService("http: {url: \"http:///x\"}")).hasSize(1);
    assertThat(problemsOfService("http: {url: \"ftp://x/\"}")).hasSize(1);
  }

  @Test
  void refusesARelativePathAndABareUnitName() {
    assertThat(problemsOfService("file_age: {path: last, max: 1m}"))
        .containsExactly(
            "plan.yaml:13:22: services.engine.file_age.path: found \"last\"; an absolute path such"
                + " as /var/lib/collector/last is expected");
    assertThat(problemsWith("unit: engine.service", "unit: engine"))
        .containsExactly(
            "plan.yaml:11:11: services.engine.unit: found \"engine\"; a systemd unit such as"
                + " api-server.service is expected");
  }

  @Test
  void refusesAWriteThatComesTooOftenOrMayTakeLongerThanItsTimeout() {
    assertThat(problemsOfService("timeout: 4s", "write: {job: disk, max: 2s, interval: 5s}"))
        .containsExactly(
            "plan.yaml:14:29: services.engine.write.max: found \"2s\"; a duration that is at least 3s"
                + " shorter than the timeout of this service, 4s, is expected",
            "plan.yaml:14:43: services.engine.write.interval: found \"5s\"; a duration of 30s or more"
                + " is expected");
    assertThat(problemsOfService("write: {job: disk, max: 8s}"))
        .singleElement()
        .asString()
        .contains("the timeout of this service, 10s,");
    assertThat(problemsOfService("write: {job: disk, max: 7s}")).isEmpty();
    assertThat(problemsOfService("write: {job: disk}")).hasSize(1);
  }

  @Test
  void anIntervalThatNeitherProcessNorWriteCheckTakesIsRefused() {
    assertThat(problemsOfService("interval: 5s", "write: {job: disk, max: 2s}"))
        .singleElement()
        .asString()
        .contains("this has no effect");
  }
}
