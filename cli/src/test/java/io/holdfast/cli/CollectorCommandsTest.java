package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.holdfast.pki.DemoPki;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.ListIncidentsResponse;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlanProblem;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir static Path temp;
  private static Path pki;
  private static FakeCollector collector;
  private static Path config;
  private static Path planFile;

  @BeforeAll
  static void start() throws Exception {
    pki = temp.resolve("pki");
    DemoPki.create(pki, List.of("trade-a"), List.of("collector-1"), List.of("127.0.0.1"));
    collector = new FakeCollector(pki, "collector-1");
    config = config("cli.yaml", pki, "127.0.0.1:" + collector.port());
    planFile = temp.resolve("plan.yaml");
    Files.copy(Path.of("../docs/examples/ai-trader.plan.yaml"), planFile);
  }

  @AfterAll
  static void stop() throws Exception {
    collector.close();
  }

  @BeforeEach
  void reset() {
    collector.status = Samples.healthy();
    collector.incidents = ListIncidentsResponse.getDefaultInstance();
    collector.plan = Optional.empty();
    collector.applyAnswer =
        ApplyPlanResponse.newBuilder().setHash(Samples.HASH).setChanged(true).build();
    collector.refusal = Optional.empty();
    collector.silent = false;
    collector.applied.set(0);
  }

  private static Path config(String name, Path pki, String... addresses) throws Exception {
    String text =
        """
        collectors: ["%s"]
        tls: {certificate: %s/operators/admin.crt, key: %s/operators/admin.key, ca: %s/ca.crt}
        """
            .formatted(String.join("\", \"", addresses), pki, pki, pki);
    return Files.writeString(temp.resolve(name), text);
  }

  private static Invocation run(String... arguments) {
    return new Invocation().with("HOLDFAST_CONFIG", config.toString()).run(arguments);
  }

  private static String freeAddress() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void statusOfAHealthySystemEndsWithZero() {
    Invocation status = run("status");
    assertThat(status.err).isEmpty();
    assertThat(status.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(status.out)
        .contains("ai-trader   health 100%   plan 0123456789ab   told by collector-1 at 14:03:22")
        .contains("trade-a  primary  10.0.0.11  connected  0.4s   3%   41%     current")
        .contains("trading_engine  trade-a  healthy  14:02:21  5000000000  critical, exclusive")
        .contains("No open incidents.");
  }

  @Test
  void statusOfABrokenSystemEndsWithOneAndSaysWhy() {
    collector.status = Samples.broken();
    Invocation status = run("status");
    assertThat(status.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(status.out)
        .contains("health 49%")
        .contains("UNHEALTHY, healing")
        .contains("http: connection refused (127.0.0.1:8001)")
        .contains("inc-7     P2     trading_engine  trade-a  OPEN")
        .contains("1m15s   2h00m      the process ended");
  }

  @Test
  void statusSpeaksTraditionalChinese() {
    collector.status = Samples.broken();
    assertThat(run("--lang", "zh-TW", "status").out)
        .contains("健康度 49%", "異常，修復中", "http: 連線被拒 (127.0.0.1:8001)", "未結束");
    assertThat(
            new Invocation()
                .with("HOLDFAST_CONFIG", config.toString())
                .with("LANG", "zh_TW.UTF-8")
                .run("status")
                .out)
        .contains("健康度");
  }

  @Test
  void whatIsNotKnownIsNotHealthy() {
    collector.status =
        Samples.healthy().toBuilder()
            .addServices(Samples.service("web_ui", Verdict.VERDICT_UNKNOWN))
            .build();
    assertThat(run("status").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(run("services").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    collector.status = SystemStatus.newBuilder().setCollector("collector-1").build();
    Invocation none = run("status");
    assertThat(none.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(none.out).contains("health unknown").contains("No plan was applied yet");
  }

  @Test
  void aHostThatIsNotConnectedIsABadAnswer() {
    SystemStatus.Builder status = Samples.healthy().toBuilder();
    status.getHostsBuilder(0).setConnected(false).setSilentMillis(-1);
    collector.status = status.build();
    Invocation silent = run("status");
    assertThat(silent.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(silent.out).contains("NOT CONNECTED  -");
  }

  @Test
  void statusAsJsonKeepsNumbersAsNumbers() throws Exception {
    JsonNode status = JSON.readTree(run("status", "-o", "json").out);
    assertThat(status.at("/system_health").asDouble()).isEqualTo(1.0);
    assertThat(status.at("/services/0/pid").isIntegralNumber()).isTrue();
    assertThat(status.at("/services/0/pid").asLong()).isEqualTo(5_000_000_000L);
    assertThat(status.at("/services/0/verdict").asText()).isEqualTo("healthy");
    assertThat(status.at("/services/0/healing").asBoolean(true)).isFalse();
    assertThat(status.at("/open_incidents").isArray()).isTrue();
    assertThat(status.at("/hosts/0/sample/cpu_temperature_celsius").isMissingNode()).isTrue();
  }

  @Test
  void escapesWhatWouldMoveTheCursor() {
    collector.status =
        Samples.healthy().toBuilder()
            .addServices(
                Samples.service("evil\u001b[2J", Verdict.VERDICT_HEALTHY).toBuilder()
                    .addReasons(Reason.newBuilder().setCode("X\u202e").setDetail("a\nb\u009b")))
            .build();
    assertThat(run("status").out)
        .doesNotContain("\u001b", "\u202e", "\u009b", "a\nb")
        .contains("evil\\u001b[2J", "a\\u000ab");
  }

  @Test
  void watchPrintsEachAnswerAndEndsAfterAsManyAsAsked() throws Exception {
    Invocation watch = run("status", "--watch", "--updates", "3", "-o", "json");
    assertThat(watch.err).isEmpty();
    assertThat(watch.exitCode).isEqualTo(ExitCode.FINE);
    List<String> lines = watch.out.lines().toList();
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      assertThat(JSON.readTree(line).at("/system").asText()).isEqualTo("ai-trader");
    }
  }

  @Test
  void incidentsListsTheOpenOnesUnlessAskedForAll() throws Exception {
    collector.incidents =
        ListIncidentsResponse.newBuilder().addIncidents(Samples.incident()).build();
    Invocation open = run("incidents");
    assertThat(open.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(open.out).contains("inc-7");
    assertThat(collector.lastIncidents.getOpenOnly()).isTrue();
    collector.incidents =
        ListIncidentsResponse.newBuilder()
            .addIncidents(
                Samples.incident().toBuilder()
                    .setOpen(false)
                    .setRecoveredWallMillis(Samples.NOW)
                    .setRtoMillis(1000))
            .build();
    Invocation all = run("incidents", "--all", "--limit", "5");
    assertThat(all.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(all.out).contains("recovered", "1.0s MISSED");
    assertThat(collector.lastIncidents.getOpenOnly()).isFalse();
    assertThat(collector.lastIncidents.getLimit()).isEqualTo(5);
    assertThat(
            JSON.readTree(run("incidents", "-o", "json").out).at("/incidents/0/rto_millis").asInt())
        .isEqualTo(1000);
    assertThat(run("incidents", "--limit", "0").exitCode).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void hostsTellsThePlanTheAgentAndTheLoadOfEach() throws Exception {
    Invocation hosts = run("hosts");
    assertThat(hosts.err).isEmpty();
    assertThat(hosts.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(hosts.out)
        .contains("trade-a  primary  10.0.0.11  connected  0.4s   0123456789ab  0.1.0")
        .contains("3%   41%     41%   3%         1.2 MB/s")
        .contains("Plan in force: 0123456789ab");
    assertThat(run("hosts", "--lang", "zh-TW").out).contains("代理程式", "生效中的計畫：0123456789ab");
  }

  @Test
  void aHostThatWorksFromAnotherPlanIsMarkedAndABadAnswer() throws Exception {
    SystemStatus.Builder status = Samples.healthy().toBuilder();
    status.addHosts(
        status.getHosts(0).toBuilder().setName("trade-b").setPlanHash("sha256:beefbeefbeef00"));
    status.addHosts(HostStatus.newBuilder().setName("trade-c").setSilentMillis(-1));
    collector.status = status.build();
    Invocation hosts = run("hosts");
    assertThat(hosts.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(hosts.out).contains("beefbeefbeef OTHER", "- OTHER");
    JsonNode json = JSON.readTree(run("hosts", "-o", "json").out);
    assertThat(json.at("/plan_hash").asText()).isEqualTo(Samples.HASH);
    assertThat(json.at("/hosts/0/plan_in_force").asBoolean(false)).isTrue();
    assertThat(json.at("/hosts/1/plan_in_force").asBoolean(true)).isFalse();
    assertThat(json.at("/hosts/0/load/network_bytes_per_second").asLong()).isEqualTo(1_234_000);
    assertThat(json.at("/hosts/0/load/disk_full").isMissingNode()).isTrue();
  }

  @Test
  void hostsWithoutAPlanOrWithOneThatIsSilentIsABadAnswer() {
    SystemStatus.Builder status = Samples.healthy().toBuilder();
    status.getHostsBuilder(0).setConnected(false);
    collector.status = status.build();
    assertThat(run("hosts").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    collector.status = SystemStatus.getDefaultInstance();
    Invocation none = run("hosts");
    assertThat(none.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(none.out).contains("No plan was applied yet");
  }

  @Test
  void yamlIsTheSameDocumentAsJson() throws Exception {
    collector.incidents =
        ListIncidentsResponse.newBuilder().addIncidents(Samples.incident()).build();
    collector.plan = Optional.of(Plan.newBuilder().setHash("h").setText("a: 1\nb: 2\n").build());
    String[][] commands = {
      {"status"},
      {"services"},
      {"hosts"},
      {"incidents"},
      {"plan", "show"},
      {"plan", "check", planFile.toString()},
      {"plan", "apply", "--yes", planFile.toString()}
    };
    for (String[] command : commands) {
      String[] asked = Arrays.copyOf(command, command.length + 2);
      asked[command.length] = "-o";
      asked[command.length + 1] = "json";
      JsonNode json = JSON.readTree(run(asked).out);
      asked[command.length + 1] = "yaml";
      assertThat(YAML.readTree(run(asked).out)).as(command[0]).isEqualTo(json);
    }
  }

  @Test
  void eachReportCanBeWatched() throws Exception {
    collector.status = Samples.broken();
    for (String command : List.of("services", "hosts", "incidents")) {
      Invocation watch = run(command, "--watch", "--updates", "2", "-o", "yaml");
      assertThat(watch.err).isEmpty();
      assertThat(watch.out.split("^---\n|\n---\n", -1)).as(command).hasSize(3);
    }
    assertThat(run("incidents", "--watch", "--updates", "1").exitCode)
        .isEqualTo(ExitCode.BAD_ANSWER);
    assertThat(run("hosts", "--watch", "--updates", "1").exitCode).isEqualTo(ExitCode.FINE);
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertThat(run("status", "--watch", "--updates", "0").err)
        .contains("--updates is 0; allowed are 1 to 2147483647");
    assertThat(run("hosts", "--updates", "3").err).contains("--updates is for --watch only");
    assertThat(run("incidents", "--watch", "--all").err)
        .contains("--watch does not go together with --all");
    assertThat(run("incidents", "--watch", "--limit", "3").exitCode)
        .isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run("incidents", "--limit", "1001").err)
        .contains("--limit is 1001; allowed are 1 to 1000");
    assertThat(run("status", "--updates", "many").err).contains("no value for --updates");
  }

  @Test
  void servicesListsThemAlone() throws Exception {
    Invocation services = run("services");
    assertThat(services.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(services.out).contains("trading_engine").doesNotContain("10.0.0.11");
    JsonNode json = JSON.readTree(run("services", "-o", "json").out);
    assertThat(json.at("/services/0/name").asText()).isEqualTo("trading_engine");
  }

  @Test
  void applyAsksAndDoesNothingWithoutAYes() {
    Invocation refused =
        new Invocation()
            .with("HOLDFAST_CONFIG", config.toString())
            .typing("no")
            .run("plan", "apply", planFile.toString());
    assertThat(refused.exitCode).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.question).contains("There is none yet");
    assertThat(collector.applied).hasValue(0);
    collector.plan = Optional.of(Plan.newBuilder().setHash("sha256:beefbeefbeef00").build());
    Invocation confirmed =
        new Invocation()
            .with("HOLDFAST_CONFIG", config.toString())
            .typing(" YES ")
            .run("plan", "apply", planFile.toString());
    assertThat(confirmed.question).contains("in place of plan beefbeefbeef");
    assertThat(confirmed.out).contains("Plan 0123456789ab is in force.");
    assertThat(confirmed.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(collector.applied).hasValue(1);
  }

  @Test
  void applyWhereNobodyCanAnswerNeedsYes() {
    Invocation nobody = run("plan", "apply", planFile.toString());
    assertThat(nobody.exitCode).isEqualTo(ExitCode.REFUSED);
    assertThat(nobody.err).contains("--yes");
    assertThat(collector.applied).hasValue(0);
    assertThat(run("plan", "apply", "--yes", planFile.toString()).exitCode)
        .isEqualTo(ExitCode.FINE);
    assertThat(collector.applied).hasValue(1);
  }

  @Test
  void applyTellsWhatTheCollectorFoundWrong() {
    collector.applyAnswer =
        ApplyPlanResponse.newBuilder()
            .addProblems(
                PlanProblem.newBuilder()
                    .setLine(3)
                    .setColumn(5)
                    .setPath("hosts.x")
                    .setMessage("found a, allowed is b")
                    .setSuggestion("b"))
            .build();
    Invocation refused = run("plan", "apply", "--yes", planFile.toString());
    assertThat(refused.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(refused.err).contains("plan.yaml:3:5: hosts.x: found a, allowed is b");
  }

  @Test
  void showPrintsThePlansTextAsItIs() {
    collector.plan =
        Optional.of(Plan.newBuilder().setHash("h").setText("a: 1\n").setOperator("admin").build());
    Invocation shown = run("plan", "show");
    assertThat(shown.out).isEqualTo("a: 1\n");
    assertThat(shown.err).contains("by admin");
    collector.plan = Optional.empty();
    assertThat(run("plan", "show").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
  }

  @Test
  void aRefusalEndsWithThreeInTheCollectorsWords() {
    collector.refusal =
        Optional.of(
            new StatusException(GrpcStatus.PERMISSION_DENIED, "viewer may not; operator may"));
    Invocation refused = run("plan", "apply", "--yes", planFile.toString());
    assertThat(refused.exitCode).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err).contains("viewer may not; operator may");
  }

  @Test
  void triesTheNextCollectorWhenOneIsGone() throws Exception {
    Path two = config("two.yaml", pki, freeAddress(), "127.0.0.1:" + collector.port());
    assertThat(run("status", "--config", two.toString()).exitCode).isEqualTo(ExitCode.FINE);
  }

  @Test
  void namesEachAddressAndWhyWhenNoneIsReachable() throws Exception {
    String first = freeAddress();
    Path none = config("none.yaml", pki, first, "no-such-host.invalid:8443");
    Invocation failed = run("status", "--config", none.toString());
    assertThat(failed.exitCode).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(failed.err)
        .contains(first + ": connection refused")
        .contains("no-such-host.invalid:8443: there is no host of this name")
        .doesNotContain("Exception", "\tat ");
    assertThat(run("status", "--watch", "--config", none.toString()).exitCode)
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void aCollectorThatNeverAnswersIsGivenUpAfterTheDeadline() {
    collector.silent = true;
    Invocation failed = run("status");
    assertThat(failed.exitCode).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(failed.err).contains("no answer within 5 s");
  }

  @Test
  void refusesACollectorOfAnotherAuthorityAndIsRefusedByIt() throws Exception {
    Path strangers = temp.resolve("strangers");
    DemoPki.create(strangers, List.of("x"), List.of("c"), List.of("127.0.0.1"));
    String address = "127.0.0.1:" + collector.port();
    Invocation distrusting =
        run("status", "--config", config("s.yaml", strangers, address).toString());
    assertThat(distrusting.exitCode).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(distrusting.err).contains(address + ": no trust between it and me");
    Path mixed =
        Files.writeString(
            temp.resolve("mixed.yaml"),
            """
            collectors: ["%s"]
            tls: {certificate: %s/operators/admin.crt, key: %s/operators/admin.key, ca: %s/ca.crt}
            """
                .formatted(address, strangers, strangers, pki));
    Invocation distrusted = run("status", "--config", mixed.toString());
    assertThat(distrusted.exitCode).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(distrusted.err).contains(address).doesNotContain("Exception");
  }
}
