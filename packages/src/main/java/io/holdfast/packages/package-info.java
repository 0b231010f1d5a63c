/** Tools of the build: what the packages hold beside the programs. None of it ships. */
package io.holdfast.packages;
