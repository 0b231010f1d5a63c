/**
 * The lab from Java: booted systemd hosts on this machine, what can be done to them, and how to
 * wait for what comes of it. For tests and benches; {@code ./holdfast lab} makes the lab, see
 * {@code docs/lab.md}.
 */
package io.holdfast.lab;
