/** Reads, checks and prints {@code plan.yaml}: {@link io.holdfast.planfile.PlanReader} first. */
package io.holdfast.planfile;
