/** Counting, from outside Holdfast, what really happened to the sample system: its trade log. */
package io.holdfast.demo.truth;
