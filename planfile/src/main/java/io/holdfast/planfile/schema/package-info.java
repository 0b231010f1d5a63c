/** Checks a plan's shape against the published JSON Schema and words the result for people. */
package io.holdfast.planfile.schema;
