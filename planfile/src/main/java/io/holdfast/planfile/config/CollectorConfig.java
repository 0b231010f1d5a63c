package io.holdfast.planfile.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of {@code collector.yaml}; all paths are absolute or relative to the working
 * directory.
 *
 * @param name of this collector, as its certificate says
 * @param agents where agents connect; port 0: any free one
 * @param api where operators and the page connect; port 0: any free one
 * @param ledger where collectors reach this one's ledger; port 0: any free one
 * @param ledgerTls files of the ledger's own certificate authority
 * @param tls files for agents and operators
 * @param stateDirectory keeps the ledger
 * @param runDirectory keeps the run file {@code collector.json}
 * @param anonymousViewer whether the page may be looked at without a client certificate
 * @param authority with which it signs certificates; empty: it signs none
 */
public record CollectorConfig(
    String name,
    Endpoint agents,
    Endpoint api,
    Endpoint ledger,
    TlsFiles ledgerTls,
    TlsFiles tls,
    Path stateDirectory,
    Path runDirectory,
    boolean anonymousViewer,
    Optional<AuthorityConfig> authority) {}
