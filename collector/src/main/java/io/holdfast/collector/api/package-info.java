/**
 * What operators reach: one HTTPS port for gRPC and the page, and the ports through which it asks
 * the rest of the collector.
 */
package io.holdfast.collector.api;
