/** Real servers, and broken ones, for tests. */
package io.holdfast.agent.testing;
