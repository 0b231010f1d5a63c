/** The decisions of Holdfast, pure: no I/O, no clock, no threads, no dependency. */
package io.holdfast.core;
