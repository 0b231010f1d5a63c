/** Who may be trusted: one-time tokens, issued certificates, revocations. */
package io.holdfast.core.trust;
