/** The door between the API and the engine that implements it; applications have no use for it. */
@NullMarked
package io.respoke.bootstrap;

import org.jspecify.annotations.NullMarked;
