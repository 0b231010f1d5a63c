/**
 * What the agent sees of its host and services: the value types and the rules that every kind of
 * observation shares. The adapters below this package never import each other.
 */
package io.holdfast.agent.observe;
