/** YAML text as a tree whose every node knows its line and column, and typed reading from it. */
package io.holdfast.planfile.yaml;
