/**
 * A program as a unit of systemd: what it tells the service manager, its watchdog, and the signal
 * by which it is asked to reload. Knows nothing of Holdfast.
 */
package io.holdfast.unit;
