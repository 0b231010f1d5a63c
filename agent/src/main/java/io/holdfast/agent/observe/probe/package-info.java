/** Checks of a port, a URL and a file's age. */
package io.holdfast.agent.observe.probe;
