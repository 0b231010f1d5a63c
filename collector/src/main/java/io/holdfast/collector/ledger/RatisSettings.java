package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerSettings.Limits;
import io.holdfast.collector.ledger.disk.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** What Ratis is told, where its defaults do not fit or must not change. */
final class RatisSettings {
  private static final int ENTRY_FRAME = 4 << 10;

  /** Ratis wants more than a mebibyte between its largest batch and its largest message. */
  private static final int MESSAGE_FRAME = 2 << 20;

  private static final int SNAPSHOT_CHUNK = 1 << 20;
  private static final int SNAPSHOTS_KEPT = 2;

  private RatisSettings() {}

  static RaftProperties properties(LedgerSettings settings, Path storage) {
    RaftProperties properties = new RaftProperties();
    RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
    GrpcConfigKeys.Server.setHost(properties, settings.address());
    GrpcConfigKeys.Server.setPort(properties, settings.port());
    // The door watches Java's own sockets.
    GrpcConfigKeys.setUseEpoll(properties, false);
    GrpcConfigKeys.Server.setBossGroupSize(properties, 1);
    GrpcConfigKeys.Server.setWorkerGroupSize(properties, 1);
    GrpcConfigKeys.setMessageSizeMax(
        properties, SizeInBytes.valueOf(settings.limits().entryBytes() + MESSAGE_FRAME));
    RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
    RaftServerConfigKeys.setStorageFreeSpaceMin(
        properties, SizeInBytes.valueOf(settings.limits().freeSpaceMin()));
    timing(properties);
    log(properties, settings.limits());
    snapshots(properties, settings.limits());
    return properties;
  }

  private static void timing(RaftProperties properties) {
    Rpc.setTimeoutMin(properties, millis(1_000));
    Rpc.setTimeoutMax(properties, millis(2_000));
    Rpc.setFirstElectionTimeoutMin(properties, millis(50));
    Rpc.setFirstElectionTimeoutMax(properties, millis(150));
    // A longer pause than the threshold makes Ratis close itself; a lone node has nobody to yield
    // to, and comes back from a long pause by itself.
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.HOURS));
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(10_000));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, false);
  }

  private static void log(RaftProperties properties, Limits limits) {
    Log.setCorruptionPolicy(properties, Log.CorruptionPolicy.EXCEPTION);
    Log.setUnsafeFlushEnabled(properties, false);
    Log.setAsyncFlushEnabled(properties, false);
    // The commit index as entries of its own would double the entries; replay does not need them.
    Log.setLogMetadataEnabled(properties, false);
    Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(limits.segmentBytes()));
    Log.setPreallocatedSize(
        properties, SizeInBytes.valueOf(Math.min(limits.segmentBytes(), 256 << 10)));
    Log.setSegmentCacheNumMax(properties, 2);
    Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf(2L * limits.segmentBytes()));
    Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.valueOf(SNAPSHOT_CHUNK));
    Log.Appender.setBufferByteLimit(
        properties, SizeInBytes.valueOf(limits.entryBytes() + ENTRY_FRAME));
    Log.setWriteBufferSize(properties, SizeInBytes.valueOf(limits.entryBytes() + 2 * ENTRY_FRAME));
    // Few large entries fill the disk as many small ones do: whatever is in a snapshot goes.
    Log.setPurgeGap(properties, 1);
    Log.setPurgeUptoSnapshotIndex(properties, true);
  }

  private static void snapshots(RaftProperties properties, Limits limits) {
    Snapshot.setAutoTriggerEnabled(properties, true);
    Snapshot.setAutoTriggerThreshold(properties, limits.snapshotEvery());
    // A stop is no different from a crash: the next start replays the log.
    Snapshot.setTriggerWhenStopEnabled(properties, false);
    Snapshot.setRetentionFileNum(properties, SNAPSHOTS_KEPT);
  }

  static Parameters parameters(LedgerSettings settings) {
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(parameters, new LedgerDoor());
    settings.tls().ifPresent(tls -> GrpcConfigKeys.TLS.setConf(parameters, checked(tls)));
    return parameters;
  }

  /** Ratis would tell what is wrong with a file, but not with which. */
  private static GrpcTlsConfig checked(LedgerSettings.Tls tls) {
    for (Path file : List.of(tls.certificate(), tls.key(), tls.ca())) {
      if (!Files.isReadable(file)) {
        throw new RefusedException("Its certificate file " + file + " cannot be read.");
      }
    }
    GrpcTlsConfig config =
        new GrpcTlsConfig(tls.key().toFile(), tls.certificate().toFile(), tls.ca().toFile(), true);
    try {
      Objects.requireNonNull(GrpcUtil.buildSslContextForServer(config));
    } catch (RuntimeException e) {
      throw new RefusedException(
          "Its certificate %s, key %s and CA %s cannot be used together: %s."
              .formatted(tls.certificate(), tls.key(), tls.ca(), e.getMessage()),
          e);
    }
    return config;
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
