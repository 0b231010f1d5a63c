/** When a disruption becomes an incident, and how bad it is. */
package io.holdfast.core.incident;
