/** The services of {@code holdfast.v1}, and the standard ones of gRPC for health and reflection. */
package io.holdfast.collector.api.grpc;
