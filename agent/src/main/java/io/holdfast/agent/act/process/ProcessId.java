package io.holdfast.agent.act.process;

/**
 * One process of this boot: a process id alone is given again after its process ended.
 *
 * @param pid the kernel's number
 * @param startTicks its start, in clock ticks since boot, as {@code /proc/PID/stat} has it
 */
record ProcessId(long pid, long startTicks) {}
