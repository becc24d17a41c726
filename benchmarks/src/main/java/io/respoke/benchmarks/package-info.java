/**
 * Figures of the client and the service, each beside the raw library underneath, in the same run.
 */
@NullMarked
package io.respoke.benchmarks;

import org.jspecify.annotations.NullMarked;
