/** The agent's systemd mode, tried on a booted host of the lab from this machine. */
package io.holdfast.lab.systemd;
