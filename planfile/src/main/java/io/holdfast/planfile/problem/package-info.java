/** What is wrong in a file that a person wrote: where, what, what is allowed, what was meant. */
package io.holdfast.planfile.problem;
