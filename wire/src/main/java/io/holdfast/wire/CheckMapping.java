package io.holdfast.wire;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Probe;
import io.holdfast.proto.agent.v1.FileAgeProbe;
import io.holdfast.proto.agent.v1.HttpProbe;
import io.holdfast.proto.agent.v1.PostgresProbe;
import io.holdfast.proto.agent.v1.ProcessProbe;
import io.holdfast.proto.agent.v1.TcpProbe;
import io.holdfast.proto.agent.v1.WriteProbe;

/** A {@link Check} on the wire. */
final class CheckMapping {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_NAME = 64;
  private static final int MAX_HOST = 253;
  private static final int MAX_PLACE = 4_096;

  private CheckMapping() {}

  static io.holdfast.proto.agent.v1.Check toProto(Check check) {
    CheckTiming timing = check.timing();
    io.holdfast.proto.agent.v1.Check.Builder message =
        io.holdfast.proto.agent.v1.Check.newBuilder()
            .setName(check.name())
            .setIntervalMillis(timing.interval().toMillis())
            .setTimeoutMillis(timing.timeout().toMillis())
            .setFailureThreshold(timing.failureThreshold())
            .setRecoveryThreshold(timing.recoveryThreshold());
    switch (check.probe()) {
      case Probe.ProcessAlive alive -> message.setProcess(ProcessProbe.getDefaultInstance());
      case Probe.Tcp tcp ->
          message.setTcp(TcpProbe.newBuilder().setHost(tcp.host()).setPort(tcp.port()));
      case Probe.Http http -> message.setHttp(HttpProbe.newBuilder().setUrl(http.url()));
      case Probe.Postgres postgres ->
          message.setPostgres(PostgresProbe.newBuilder().setConnection(postgres.connection()));
      case Probe.FileAge age ->
          message.setFileAge(
              FileAgeProbe.newBuilder()
                  .setPath(age.path())
                  .setMaxAgeMillis(age.maxAge().toMillis()));
      case Probe.Write write ->
          message.setWrite(
              WriteProbe.newBuilder().setJob(write.job()).setMaxMillis(write.max().toMillis()));
    }
    return message.build();
  }

  static Check fromProto(io.holdfast.proto.agent.v1.Check check) {
    String name = Field.text("the name of a check", check.getName(), MAX_NAME);
    try {
      return new Check(
          name,
          new CheckTiming(
              Field.millis("interval_millis", check.getIntervalMillis(), 1),
              Field.millis("timeout_millis", check.getTimeoutMillis(), 1),
              Field.between("failure_threshold", check.getFailureThreshold(), 1, Integer.MAX_VALUE),
              Field.between(
                  "recovery_threshold", check.getRecoveryThreshold(), 1, Integer.MAX_VALUE)),
          probe(check));
    } catch (WireException e) {
      throw new WireException("check " + name + ": " + e.getMessage(), e);
    }
  }

  private static Probe probe(io.holdfast.proto.agent.v1.Check check) {
    return switch (check.getProbeCase()) {
      case PROCESS -> new Probe.ProcessAlive();
      case TCP ->
          new Probe.Tcp(
              Field.text("host", check.getTcp().getHost(), MAX_HOST),
              Field.between("port", check.getTcp().getPort(), 1, MAX_PORT));
      case HTTP -> new Probe.Http(Field.text("url", check.getHttp().getUrl(), MAX_PLACE));
      case POSTGRES ->
          new Probe.Postgres(
              Field.text("connection", check.getPostgres().getConnection(), MAX_NAME));
      case FILE_AGE ->
          new Probe.FileAge(
              Field.text("path", check.getFileAge().getPath(), MAX_PLACE),
              Field.millis("max_age_millis", check.getFileAge().getMaxAgeMillis(), 1));
      case WRITE ->
          new Probe.Write(
              Field.text("job", check.getWrite().getJob(), MAX_NAME),
              Field.millis("max_millis", check.getWrite().getMaxMillis(), 1));
      case PROBE_NOT_SET ->
          throw new WireException(
              "its probe is missing or one that this build does not know; upgrade the older side");
    };
  }
}
