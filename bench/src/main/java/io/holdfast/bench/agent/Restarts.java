package io.holdfast.bench.agent;

import io.holdfast.bench.report.Sample;

/**
 * Seconds from a kill to the first correct answer of the next process.
 *
 * @param ours with our agent and its keeper
 * @param monit with monit
 * @param ownStart the same program started by nobody but the bench
 */
record Restarts(Sample ours, Sample monit, Sample ownStart) {}
