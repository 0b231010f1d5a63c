/** Server sockets that look at a connection before anything is spent on it. */
package io.holdfast.wire.socket;
