package io.holdfast.collector.api;

import io.holdfast.proto.v1.SystemStatus;

/** Gives the system as it is now. Asked on the API's event loop: it must not block. */
@FunctionalInterface
public interface StatusSource {
  /** The system as it is now. */
  SystemStatus status();
}
