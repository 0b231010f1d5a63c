/** What the agent keeps on disk besides its spool: the plan that it works from. */
package io.holdfast.agent.store;
