/** Executors, timers and the serial context: where code runs and when. */
@NullMarked
package io.respoke.core.runtime;

import org.jspecify.annotations.NullMarked;
