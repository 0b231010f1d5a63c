package io.holdfast.agent.observe.postgres;

import java.util.function.Supplier;

/**
 * How to connect to a PostgreSQL server.
 *
 * @param port 1 to 65535
 * @param password asked for each connection, so that a changed secret needs no restart
 */
public record PostgresConnection(
    String host, int port, String database, String user, Supplier<String> password) {}
