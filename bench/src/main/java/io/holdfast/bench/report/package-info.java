/** Statistics, tables and the {@code RESULT} lines of a bench. */
package io.holdfast.bench.report;
