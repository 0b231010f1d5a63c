/** Asking a collector: gRPC over mTLS, one collector after another until one answers. */
package io.holdfast.cli.collector;
