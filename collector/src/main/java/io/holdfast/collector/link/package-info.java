/**
 * The agents' streams as a collector takes them: mTLS required, a host is who its certificate says,
 * one live stream per host, every size bounded. What an agent sends is handed to the port {@link
 * io.holdfast.collector.link.LinkHandler}; an event is acknowledged only after that port says it is
 * in the ledger.
 */
package io.holdfast.collector.link;
