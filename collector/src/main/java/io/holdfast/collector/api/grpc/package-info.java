/** The services of {@code holdfast.v1}. */
package io.holdfast.collector.api.grpc;
