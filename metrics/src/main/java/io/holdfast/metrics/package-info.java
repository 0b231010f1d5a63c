/**
 * What a program shows at {@code /metrics}: a catalog says which figures there are, an exposition
 * writes them in Prometheus' text format. The only room that knows Micrometer.
 */
package io.holdfast.metrics;
