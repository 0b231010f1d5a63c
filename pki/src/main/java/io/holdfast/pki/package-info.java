/**
 * Certificates for a throw-away fleet: a certificate authority of one's own, and the identities
 * that Holdfast reads from certificates ({@code holdfast://host/NAME}, {@code
 * holdfast://collector/NAME}, {@code holdfast://role/ROLE}). For trying things out and for tests; a
 * real fleet brings the certificates of its own authority, with the same names in them.
 */
package io.holdfast.pki;
