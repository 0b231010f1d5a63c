/** Checks of a PostgreSQL server. */
package io.holdfast.agent.observe.postgres;
