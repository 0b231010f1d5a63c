/**
 * Who may come in, and how long they may stay without doing anything: the bounds that every port on
 * Vert.x shares. Nothing here knows what a port is for. {@code docs/limits.md} has the numbers.
 */
package io.holdfast.collector.door;
