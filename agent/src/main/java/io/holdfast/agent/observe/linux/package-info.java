/**
 * The host's figures from {@code /proc} and {@code /sys}: a thin reader with a root directory, and
 * parsers over its text.
 */
package io.holdfast.agent.observe.linux;
