/** {@code ./holdfast demo}: shows the plan at work on real processes and a real PostgreSQL. */
package io.holdfast.demo;
