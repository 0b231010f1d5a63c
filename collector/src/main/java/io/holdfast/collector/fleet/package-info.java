/**
 * Soft state of the hosts: who is connected, what it said last and in the minutes before. Losing it
 * changes no decision.
 */
package io.holdfast.collector.fleet;
