/**
 * Soft state of the hosts: who is connected and what it said last. Losing it changes no decision.
 */
package io.holdfast.collector.fleet;
