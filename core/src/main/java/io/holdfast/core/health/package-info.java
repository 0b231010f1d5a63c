/** From probe results to verdicts with reasons; an unknown is never taken for good or bad. */
package io.holdfast.core.health;
