package io.holdfast.collector.api.grpc;

import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.WireFormat;
import java.util.Optional;

/**
 * Gives an empty value for bytes that are no such message. Left to itself Vert.x cancels the call,
 * and the caller never learns why.
 */
record LenientDecoder<Q>(GrpcMessageDecoder<Q> strict) implements GrpcMessageDecoder<Optional<Q>> {

  /** The same method with such a decoder. */
  static <Q, R> ServiceMethod<Optional<Q>, R> of(ServiceMethod<Q, R> method) {
    return ServiceMethod.server(
        method.serviceName(),
        method.methodName(),
        method.encoder(),
        new LenientDecoder<>(method.decoder()));
  }

  @Override
  public Optional<Q> decode(GrpcMessage message) {
    try {
      return Optional.of(strict.decode(message));
    } catch (CodecException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean accepts(WireFormat format) {
    return strict.accepts(format);
  }
}
