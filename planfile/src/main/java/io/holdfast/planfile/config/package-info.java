/** Reads {@code agent.yaml}, {@code collector.yaml} and {@code cli.yaml}. */
package io.holdfast.planfile.config;
