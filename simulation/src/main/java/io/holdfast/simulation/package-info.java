/** The real decisions of agents and leader on virtual time, a bad network and failing processes. */
package io.holdfast.simulation;
