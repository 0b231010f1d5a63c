/** When an agent restarts what failed, how often, and why it holds. */
package io.holdfast.core.healing;
