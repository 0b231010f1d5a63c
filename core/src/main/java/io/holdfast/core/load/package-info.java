/** What a host's resources are doing. */
package io.holdfast.core.load;
