/**
 * Systemd mode: systemd is each service's parent, and is asked over D-Bus.
 *
 * <p>{@link io.holdfast.agent.act.systemd.Bus} alone knows the D-Bus library. All decisions are
 * taken on one thread; a second one reads from the bus.
 */
package io.holdfast.agent.act.systemd;
