/** What is read through OSHI: the inventory at start, and sensors now and then. */
package io.holdfast.agent.observe.oshi;
