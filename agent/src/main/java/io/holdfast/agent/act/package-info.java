/** What the agent does to services: the contract that every way of running them fulfils. */
package io.holdfast.agent.act;
