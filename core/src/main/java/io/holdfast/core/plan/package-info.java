/** The validated content of {@code plan.yaml} and the part of it that one host carries out. */
package io.holdfast.core.plan;
