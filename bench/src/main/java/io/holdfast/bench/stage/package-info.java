/** What benches are set upon: the demo's stage elsewhere, and this machine in words. */
package io.holdfast.bench.stage;
