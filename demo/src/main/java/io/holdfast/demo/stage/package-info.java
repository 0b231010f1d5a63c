/**
 * The stage of real processes on this machine: started, watched, and cleaned up to the last file.
 */
package io.holdfast.demo.stage;
