package io.holdfast.collector.api;

import java.nio.file.Path;

/**
 * Where the API listens and as whom.
 *
 * @param address IP address or name to bind
 * @param port 0 to 65535; 0: any free one
 * @param certificate PEM of the collector's certificate
 * @param key PEM of its PKCS#8 key
 * @param authorities PEM of the authorities that sign the callers' certificates
 */
public record ApiSettings(String address, int port, Path certificate, Path key, Path authorities) {}
