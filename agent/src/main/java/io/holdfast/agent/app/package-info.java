/** Main, wiring, timers and the clock: the only place that constructs adapters. */
package io.holdfast.agent.app;
