package io.holdfast.cli.collector;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.Texts;
import io.holdfast.planfile.config.CliConfig;
import io.holdfast.planfile.config.Endpoint;
import io.holdfast.planfile.config.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.ServiceMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Asks one collector after another until one answers. Each has {@link #DEADLINE}, from the first
 * packet to the whole answer.
 *
 * <p>Methods throw {@link CliFailure}: with {@link ExitCode#UNREACHABLE}, naming each address and
 * why, when none answered; otherwise with what the collector that answered said.
 */
public final class CollectorClient implements AutoCloseable {
  /** How long one collector may take. */
  public static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final long MAX_ANSWER_BYTES = 16L << 20;

  private final CliConfig config;
  private final Texts texts;
  private final CallErrors errors;
  private final Vertx vertx;
  private final GrpcClient client;

  /**
   * Connects to nothing yet.
   *
   * @throws CliFailure when a file of {@code config} cannot be read
   */
  public CollectorClient(CliConfig config, Texts texts) {
    this.config = config;
    this.texts = texts;
    this.errors = new CallErrors(texts);
    requireReadable(config.tls().certificate());
    requireReadable(config.tls().key());
    requireReadable(config.tls().ca());
    this.vertx = Vertx.vertx(smallest());
    this.client =
        GrpcClient.client(
            vertx,
            new GrpcClientOptions()
                .setMaxMessageSize(MAX_ANSWER_BYTES)
                .setTimeout((int) DEADLINE.toSeconds())
                .setTimeoutUnit(TimeUnit.SECONDS),
            tls(config.tls()));
  }

  private void requireReadable(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String key = Files.exists(file) ? "file.unreadable" : "file.missing";
      throw new CliFailure(ExitCode.WRONG_USAGE, texts.text(key, Display.escape(file.toString())));
    }
  }

  private static VertxOptions smallest() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static HttpClientOptions tls(TlsFiles files) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setSsl(true)
        .setUseAlpn(true)
        .setConnectTimeout((int) DEADLINE.toMillis())
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(files.certificate().toString())
                .setKeyPath(files.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(files.ca().toString()));
  }

  /** One question, one answer. */
  public <Q, A> A call(ServiceMethod<A, Q> method, Q question) {
    Map<Endpoint, String> unreachable = new LinkedHashMap<>();
    for (Endpoint address : config.collectors()) {
      switch (ask(address, method, question)) {
        case Outcome.Answered<A>(A answer) -> {
          return answer;
        }
        case Outcome.Unreachable<A>(String why) -> unreachable.put(address, why);
        case Outcome.Refused<A>(CliFailure refusal) -> throw refusal;
      }
    }
    throw noneReachable(unreachable);
  }

  private <Q, A> Outcome<A> ask(Endpoint address, ServiceMethod<A, Q> method, Q question) {
    Future<A> answer =
        send(address, method, question)
            .compose(
                response ->
                    response.last().recover(failure -> errors.withMessage(response, failure)));
    return await(answer.timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
  }

  private <Q, A> Future<GrpcClientResponse<Q, A>> send(
      Endpoint address, ServiceMethod<A, Q> method, Q question) {
    return request(address, method).compose(opened -> opened.send(question));
  }

  private <Q, A> Future<GrpcClientRequest<Q, A>> request(
      Endpoint address, ServiceMethod<A, Q> method) {
    return client.request(SocketAddress.inetSocketAddress(address.port(), address.host()), method);
  }

  private <A> Outcome<A> await(Future<A> future) {
    try {
      return new Outcome.Answered<>(future.toCompletionStage().toCompletableFuture().get());
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unreachable<>(texts.text("unreachable.interrupted"));
    }
  }

  /** What it means when a stream says nothing for {@link #DEADLINE}. */
  public enum Silence {
    /** The collector is lost. */
    IS_A_LOSS,
    /** Nothing happened, as long as the connection is alive. */
    IS_NORMAL
  }

  /**
   * One question and a stream of answers, handed to {@code onAnswer} one at a time on the calling
   * thread until it returns false.
   *
   * @return why the stream ended before that, once it had begun; empty: {@code onAnswer} ended it
   */
  public <Q, A> String watch(
      ServiceMethod<A, Q> method, Q question, Silence silence, Predicate<A> onAnswer) {
    Map<Endpoint, String> unreachable = new LinkedHashMap<>();
    for (Endpoint address : config.collectors()) {
      AnswerStream<A> stream =
          AnswerStream.of(request(address, method), question, errors, this::failed);
      boolean begun = false;
      Outcome<A> next = next(stream, silence);
      while (next instanceof Outcome.Answered<A>(A answer)) {
        begun = true;
        if (!onAnswer.test(answer)) {
          return "";
        }
        stream.more();
        next = next(stream, silence);
      }
      String why = ((Outcome.Unreachable<A>) next).why();
      if (begun || (silence == Silence.IS_NORMAL && stream.begun())) {
        return address + ": " + why;
      }
      unreachable.put(address, why);
    }
    throw noneReachable(unreachable);
  }

  private <A> Outcome<A> failed(Throwable failure) {
    try {
      return new Outcome.Unreachable<>(errors.whyUnreachable(failure));
    } catch (CliFailure refused) {
      return new Outcome.Refused<>(refused);
    }
  }

  private <A> Outcome<A> next(AnswerStream<A> stream, Silence silence) {
    try {
      Optional<Outcome<A>> next = stream.next(DEADLINE.toMillis());
      while (next.isEmpty()
          && silence == Silence.IS_NORMAL
          && stream.isAlive(DEADLINE.toMillis())) {
        next = stream.next(DEADLINE.toMillis());
      }
      if (next.isPresent() && next.get() instanceof Outcome.Refused<A>(CliFailure refusal)) {
        throw refusal;
      }
      return next.orElseGet(() -> new Outcome.Unreachable<>(errors.timedOut()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unreachable<>(texts.text("unreachable.interrupted"));
    }
  }

  private CliFailure noneReachable(Map<Endpoint, String> unreachable) {
    StringBuilder message = new StringBuilder(texts.text("unreachable.none"));
    unreachable.forEach(
        (address, why) -> message.append("\n  ").append(address).append(": ").append(why));
    return new CliFailure(ExitCode.UNREACHABLE, message.toString());
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      // The process ends in a moment; nothing depends on a clean farewell.
    }
  }
}
