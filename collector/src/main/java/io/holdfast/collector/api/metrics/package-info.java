/** The collector's figures for Prometheus: what is counted, and how it is read. */
package io.holdfast.collector.api.metrics;
