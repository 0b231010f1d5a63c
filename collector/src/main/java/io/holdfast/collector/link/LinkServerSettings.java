package io.holdfast.collector.link;

import io.holdfast.collector.door.Visas;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where agents' streams are taken.
 *
 * @param collector this collector's name
 * @param port 0: any free one
 * @param certificate PEM file of this collector, {@code holdfast://collector/NAME}
 * @param key PEM file of its PKCS#8 key
 * @param ca PEM file of who signs the hosts' certificates
 * @param hello a stream that has not said Hello after this time is closed
 * @param silence a stream on which nothing came for so long is closed
 * @param visas whether certificates that TLS accepted are still good
 */
public record LinkServerSettings(
    String collector,
    String address,
    int port,
    Path certificate,
    Path key,
    Path ca,
    Duration hello,
    Duration silence,
    Visas visas) {

  private static final Duration HELLO = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** With the usual patience: 5 s for the Hello, 15 s of silence. */
  public static LinkServerSettings of(
      String collector,
      String address,
      int port,
      Path certificate,
      Path key,
      Path ca,
      Visas visas) {
    return new LinkServerSettings(
        collector, address, port, certificate, key, ca, HELLO, SILENCE, visas);
  }
}
