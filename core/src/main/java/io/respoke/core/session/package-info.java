/** One client's connection: a pure state machine, and the driver that acts on its effects. */
@NullMarked
package io.respoke.core.session;

import org.jspecify.annotations.NullMarked;
