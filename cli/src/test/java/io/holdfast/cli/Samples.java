package io.holdfast.cli;

import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.LoadPoint;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;

/** Answers of a collector. */
final class Samples {
  static final String HASH = "sha256:" + "0123456789abcdef".repeat(4);
  // 2026-11-22 06:03:22 UTC, 14:03:22 in Taipei.
  static final long NOW = 1_795_327_402_000L;

  private Samples() {}

  static SystemStatus healthy() {
    return SystemStatus.newBuilder()
        .setSystem("ai-trader")
        .setLocale("zh-TW")
        .setTimezone("Asia/Taipei")
        .setPlanHash(HASH)
        .setSystemHealth(1)
        .setWallMillis(NOW)
        .setCollector("collector-1")
        .addHosts(
            HostStatus.newBuilder()
                .setName("trade-a")
                .setSite("primary")
                .setAddress("10.0.0.11")
                .setConnected(true)
                .setSilentMillis(400)
                .setPlanHash(HASH)
                .setAgentBuild("0.1.0")
                .setLoad(
                    LoadPoint.newBuilder()
                        .setWallMillis(NOW)
                        .setDiskUsedRatio(0.419)
                        .setDiskBusyRatio(0.03)
                        .setNetworkBytesPerSecond(1_234_000))
                .setSample(
                    HostSample.newBuilder()
                        .setCpuBusyRatio(0.034)
                        .setMemoryTotalBytes(100)
                        .setMemoryAvailableBytes(59)))
        .addServices(service("trading_engine", Verdict.VERDICT_HEALTHY))
        .build();
  }

  static ServiceStatus service(String name, Verdict verdict) {
    return ServiceStatus.newBuilder()
        .setName(name)
        .setHost("trade-a")
        .setModule("trading")
        .setCritical(true)
        .setExclusive(true)
        .setVerdict(verdict)
        .setPid(5_000_000_000L)
        .setSinceWallMillis(NOW - 61_000)
        .build();
  }

  static SystemStatus broken() {
    return healthy().toBuilder()
        .setSystemHealth(0.4999)
        .clearServices()
        .addServices(
            service("trading_engine", Verdict.VERDICT_UNHEALTHY).toBuilder()
                .setHealing(true)
                .addReasons(
                    Reason.newBuilder()
                        .setCode("CONNECTION_REFUSED")
                        .setCheck("http")
                        .setDetail("127.0.0.1:8001")))
        .addOpenIncidents(incident())
        .build();
  }

  static Incident incident() {
    return Incident.newBuilder()
        .setId("inc-7")
        .setLevel("P2")
        .setService("trading_engine")
        .setHost("trade-a")
        .setOpen(true)
        .setLastGoodWallMillis(NOW - 75_000)
        .setOpenedWallMillis(NOW - 61_000)
        .setOutageMillis(75_000)
        .setRtoMillis(7_200_000)
        .addReasons(Reason.newBuilder().setCode("PROCESS_EXITED"))
        .build();
  }
}
