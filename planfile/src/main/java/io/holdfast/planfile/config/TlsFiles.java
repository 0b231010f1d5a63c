package io.holdfast.planfile.config;

import java.nio.file.Path;

/**
 * PEM files of one side of a TLS connection; each existed when the configuration was read.
 *
 * @param certificate own certificate, with its chain if it has one
 * @param key own private key, PKCS#8
 * @param ca certificates that the other side must be signed by
 */
public record TlsFiles(Path certificate, Path key, Path ca) {}
