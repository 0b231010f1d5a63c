/**
 * The sample trading system that the demo keeps alive: four little programs that know nothing of
 * Holdfast.
 *
 * <p>Plain JDK and JDBC, no framework, so that each starts in a fraction of a second.
 */
package io.holdfast.demo.trading;
