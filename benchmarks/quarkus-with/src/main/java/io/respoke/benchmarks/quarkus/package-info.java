/** An application that is only started. */
@NullMarked
package io.respoke.benchmarks.quarkus;

import org.jspecify.annotations.NullMarked;
